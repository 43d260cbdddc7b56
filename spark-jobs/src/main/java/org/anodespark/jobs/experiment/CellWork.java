/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment;

import java.io.Serializable;
import java.util.Map;
import org.anodespark.jobs.config.ResolvedSettings;
import org.apache.hadoop.conf.Configuration;

/** What a cell does, in a task of Spark. */
interface CellWork extends Serializable {
  /**
   * Trains and measures.
   *
   * @param settings of the cell
   * @param hadoop where file systems are configured
   * @return by name, in the order of the table's columns
   * @throws org.anodespark.jobs.failure.JobFailure as the job {@code train} does
   */
  Map<String, Double> run(ResolvedSettings settings, Configuration hadoop);
}
