/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.executor;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.failure.Reason;
import org.apache.spark.SparkException;

/** What failed in a task, told as what the user can do about it. */
public final class SparkWork {
  /** What to do when arrays reached their {@linkplain ArrayLimit limit}. */
  public static final String OUT_OF_MEMORY =
      "the arrays of a process would not fit into spark.native-mebibytes; set it higher, or a batch"
          + " size lower";

  private SparkWork() {}

  /**
   * Does something with Spark. Spark tries a task again by itself, as often as {@code
   * spark.task.maxFailures} says.
   *
   * @param what the beginning of a sentence, for example "The evaluation"
   * @param work what throws as Spark does, or a {@link CompletionException} around that
   * @throws JobFailure as thrown on an executor; with exit code 4 if a solve ran away; with exit
   *     code 5 if Spark gave up, or arrays reached their limit
   */
  public static <T> T run(String what, Supplier<T> work) {
    try {
      return work.get();
    } catch (Exception e) {
      Optional<JobFailure> known =
          jobFailureIn(e).or(() -> Divergence.causeOf(e, what + " diverged"));
      if (known.isPresent()) {
        throw known.get();
      }
      boolean outOfMemory = ArrayLimit.wasReachedIn(e);
      Throwable thrown = e instanceof CompletionException ? e.getCause() : e;
      // Spark's exceptions are checked, but its Java interface does not declare them
      if (!(thrown instanceof SparkException) && !outOfMemory) {
        throw e;
      }
      throw new JobFailure(
          ExitCode.GAVE_UP,
          "%s failed (%s).".formatted(what, outOfMemory ? OUT_OF_MEMORY : reason(thrown)),
          thrown);
    }
  }

  /** The failure that a task threw, if it threw one. */
  public static Optional<JobFailure> jobFailureIn(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof JobFailure failure) {
        return Optional.of(failure);
      }
    }
    return Optional.empty();
  }

  /**
   * Why Spark gave up: what the file system said, if it was that, else what Spark says. In between
   * stands what Deeplearning4j takes for the reason, which is damage in any case.
   */
  public static String reason(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException failing) {
        return Reason.of(failing);
      }
    }
    return Reason.of(e);
  }
}
