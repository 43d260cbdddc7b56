/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

/**
 * Section {@code run}.
 *
 * @param dir any Hadoop path; empty only where nothing filled in the default
 */
public record RunSettings(String dir) {
  static RunSettings from(SettingReader reader) {
    return new RunSettings(reader.text("run.dir"));
  }
}
