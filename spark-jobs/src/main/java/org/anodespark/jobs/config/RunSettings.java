/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

/**
 * Section {@code run}.
 *
 * @param dir any Hadoop path; empty only where nothing filled in the default
 * @param takeoverSeconds how long another driver of the run must show no sign of life before this
 *     one takes over, at least 1
 */
public record RunSettings(String dir, int takeoverSeconds) {
  static RunSettings from(SettingReader reader) {
    return new RunSettings(reader.text("run.dir"), reader.wholeNumber("run.takeover-seconds", 1));
  }
}
