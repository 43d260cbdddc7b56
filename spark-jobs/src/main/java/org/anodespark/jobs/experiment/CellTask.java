/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment;

import org.anodespark.jobs.config.ResolvedSettings;
import org.anodespark.jobs.config.SettingsLoader;
import org.anodespark.jobs.executor.OneTask;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.util.SerializableConfiguration;

/** Does the work of one cell, in a task of Spark, and writes down what came of it. */
final class CellTask implements OneTask.Work<Boolean> {
  private static final long serialVersionUID = 1L;

  private final Cell cell;
  private final String settings;
  private final SerializableConfiguration hadoop;
  private final CellWork work;

  CellTask(PlannedCell planned, Configuration hadoop, CellWork work) {
    this.cell = planned.cell();
    this.settings = planned.settings().rendered();
    this.hadoop = new SerializableConfiguration(hadoop);
    this.work = work;
  }

  /**
   * Does it.
   *
   * @return true: the result is in its file
   * @throws org.anodespark.jobs.failure.JobFailure as the work does, and with exit code 3 if the
   *     result cannot be written
   */
  @Override
  public Boolean run() {
    ResolvedSettings resolved = SettingsLoader.parse(settings);
    ResultFile.write(
        hadoop.value(), resolved, CellResult.of(cell, work.run(resolved, hadoop.value())));
    return true;
  }
}
