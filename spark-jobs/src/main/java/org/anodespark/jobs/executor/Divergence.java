/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.executor;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.odelayers.failure.FailureReason;
import org.anodespark.odelayers.failure.OdeSolveException;

/**
 * Recognises solves that failed on an executor because the numbers ran away.
 *
 * <p>Spark makes the exception of a task the cause of its own, from a serialised copy. When
 * something in the chain of causes cannot be serialised, or cannot be read by the driver, only the
 * stack trace is left, as text in the message of Spark's exception; so that is searched too.
 */
public final class Divergence {
  /** Reasons that come from the numbers; others are defects of the network. */
  private static final Set<FailureReason> REASONS =
      EnumSet.of(
          FailureReason.NON_FINITE_INPUT,
          FailureReason.NON_FINITE_DYNAMICS,
          FailureReason.STEP_UNDERFLOW,
          FailureReason.TOO_MANY_STEPS,
          FailureReason.NO_CONVERGENCE);

  /** A line of a stack trace that shows the exception with its sentence. */
  private static final Pattern PRINTED =
      Pattern.compile(Pattern.quote(OdeSolveException.class.getName()) + ": (.+)");

  private Divergence() {}

  /**
   * The failure of the job, if a solve that ran away is the cause.
   *
   * @param what diverged: the beginning of the message
   */
  public static Optional<JobFailure> causeOf(Throwable failure, String what) {
    return sentence(failure)
        .map(
            sentence ->
                new JobFailure(ExitCode.DIVERGED, "%s: %s".formatted(what, sentence), failure));
  }

  private static Optional<String> sentence(Throwable failure) {
    String printed = null;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof OdeSolveException solve) {
        return REASONS.contains(solve.reason())
            ? Optional.of(solve.getMessage())
            : Optional.empty();
      }
      if (printed == null && cause.getMessage() != null) {
        Matcher line = PRINTED.matcher(cause.getMessage());
        printed = line.find() ? line.group(1) : null;
      }
    }
    return Optional.ofNullable(printed);
  }
}
