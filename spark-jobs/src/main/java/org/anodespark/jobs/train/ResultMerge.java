/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import org.anodespark.jobs.plan.Round;
import org.apache.spark.api.java.JavaRDD;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;

/** Makes one result of those of a round's workers, each weighing as much as it trained examples. */
@FunctionalInterface
interface ResultMerge {
  /**
   * Trains, and merges.
   *
   * @param results one per worker, in the partition of its number; asking for them is what trains
   * @throws org.anodespark.jobs.failure.JobFailure with exit code 4 when it can tell which worker's
   *     result is not finite
   */
  MergedResult merge(JavaRDD<ParameterAveragingTrainingResult> results, Round round);
}
