/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cluster;

import org.anodespark.jobs.failure.JobFailure;

/**
 * What a {@link TrialCluster} is to be like.
 *
 * @param workers at least 1
 * @param coresPerWorker at least 1
 * @param mebibytesPerWorker Java heap that a worker offers to executors, at least 512
 * @param port of the master, 1 to 65535, or 0 for any that is free
 * @param gpus whether each worker offers one GPU, the first worker the one with address 0
 */
public record ClusterPlan(
    int workers, int coresPerWorker, int mebibytesPerWorker, int port, boolean gpus) {
  private static final int LEAST_MEBIBYTES = 512;
  private static final int HIGHEST_PORT = 65535;

  /**
   * Checks the numbers.
   *
   * @throws JobFailure with exit code 2 if one is out of its range
   */
  public ClusterPlan {
    require("--workers", workers, 1, Integer.MAX_VALUE);
    require("--cores", coresPerWorker, 1, Integer.MAX_VALUE);
    require("--memory-mebibytes", mebibytesPerWorker, LEAST_MEBIBYTES, Integer.MAX_VALUE);
    require("--port", port, 0, HIGHEST_PORT);
  }

  private static void require(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw JobFailure.badConfiguration(
          "%s is %d: expected a whole number %s."
              .formatted(
                  option,
                  value,
                  most == Integer.MAX_VALUE
                      ? "of at least " + least
                      : "from " + least + " to " + most));
    }
  }
}
