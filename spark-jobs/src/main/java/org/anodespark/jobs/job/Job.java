/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.job;

/** One thing that {@code submit.sh JOB} can do. */
@FunctionalInterface
public interface Job {
  /**
   * Runs to the end.
   *
   * @throws org.anodespark.jobs.failure.JobFailure when the user can act on what went wrong
   */
  void run(JobContext context);
}
