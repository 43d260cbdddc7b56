/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

import java.util.List;

/**
 * Section {@code report}.
 *
 * @param runs run directories, any Hadoop paths
 * @param output any Hadoop path of a file, or empty for one in {@code run.dir}
 */
public record ReportSettings(List<String> runs, String output) {
  public ReportSettings {
    runs = List.copyOf(runs);
  }

  static ReportSettings from(SettingReader reader) {
    return new ReportSettings(reader.texts("report.runs"), reader.text("report.output"));
  }
}
