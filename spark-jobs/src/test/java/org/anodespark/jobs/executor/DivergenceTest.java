/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.ExecutionException;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.odelayers.failure.FailureReason;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class DivergenceTest {
  private static final String SENTENCE =
      "ODE block \"ode2\", step 3 at t = 0.75 with h = 0.25: f gave NaN.";

  @ParameterizedTest
  @EnumSource(
      value = FailureReason.class,
      mode = Mode.EXCLUDE,
      names = {"WRONG_SHAPE", "EMPTY_STATE", "UNSUPPORTED_COMBINATION"})
  void numbersThatRanAwayAreFoundAmongTheCauses(FailureReason reason) {
    Exception failure =
        new SparkException(
            "Job aborted.", new RuntimeException(new ExecutionException(of(reason))));

    JobFailure divergence =
        Divergence.causeOf(failure, "Training diverged in round 2").orElseThrow();

    assertThat(divergence.exitCode()).isEqualTo(ExitCode.DIVERGED);
    assertThat(divergence)
        .hasMessage("Training diverged in round 2: " + SENTENCE)
        .hasCause(failure);
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureReason.class,
      names = {"WRONG_SHAPE", "EMPTY_STATE", "UNSUPPORTED_COMBINATION"})
  void whatTheNumbersAreNotToBlameForIsNoDivergence(FailureReason reason) {
    assertThat(Divergence.causeOf(new SparkException("Job aborted.", of(reason)), "here"))
        .isEmpty();
  }

  @Test
  void aStackTraceIsEnoughWhenSparkCouldNotBringTheException() {
    StringWriter trace = new StringWriter();
    new RuntimeException(of(FailureReason.NON_FINITE_DYNAMICS).inStep(3, 0.75, 0.25))
        .printStackTrace(new PrintWriter(trace));
    Exception failure =
        new SparkException(
            "Job aborted due to stage failure: Task 0 in stage 1.0 failed 4 times, most recent"
                + " failure: Lost task 0.3 in stage 1.0 (TID 7) (host executor 1): "
                + trace);

    assertThat(Divergence.causeOf(failure, "It diverged").orElseThrow())
        .hasMessage("It diverged: " + SENTENCE);
  }

  @Test
  void anotherFailureIsNoDivergence() {
    assertThat(Divergence.causeOf(new SparkException("Executor lost"), "here")).isEmpty();
    assertThat(Divergence.causeOf(new IllegalStateException((String) null), "here")).isEmpty();
  }

  private static OdeSolveException of(FailureReason reason) {
    return new OdeSolveException(reason, "f gave NaN.").inStep(3, 0.75, 0.25).inBlock("ode2");
  }
}
