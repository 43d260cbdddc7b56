/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

/**
 * Section {@code export}, which the job of that name alone needs.
 *
 * @param model folder of a run or a model's file
 * @param output the file to make
 * @param format {@code npz} or {@code dl4j}
 */
public record ExportSettings(String model, String output, String format) {
  static ExportSettings from(SettingReader reader) {
    return new ExportSettings(
        reader.text("export.model"),
        reader.text("export.output"),
        reader.choice("export.format", "npz", "dl4j"));
  }
}
