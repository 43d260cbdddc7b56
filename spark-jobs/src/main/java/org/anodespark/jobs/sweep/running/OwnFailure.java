/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.running;

import java.util.Optional;
import org.anodespark.jobs.executor.ArrayLimit;
import org.anodespark.jobs.executor.SparkWork;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.train.UnfitSettings;

/**
 * Tells what a training does wrong by itself, and would do again (it diverges, does not fit into
 * memory, or its settings do not fit each other), from what happens to it where it runs.
 */
final class OwnFailure {
  private OwnFailure() {}

  /** Why a training failed by itself; empty if it did not. */
  static Optional<String> of(Throwable failure) {
    if (failure instanceof OutOfMemoryError) {
      return Optional.of("%s (%s).".formatted(SparkWork.OUT_OF_MEMORY, failure.getMessage()));
    }
    if (ArrayLimit.wasReachedIn(failure)) {
      return Optional.of(SparkWork.OUT_OF_MEMORY + ".");
    }
    return failure instanceof JobFailure known
            && (known.exitCode() == ExitCode.DIVERGED || UnfitSettings.isCauseOf(known))
        ? Optional.of(known.getMessage())
        : Optional.empty();
  }
}
