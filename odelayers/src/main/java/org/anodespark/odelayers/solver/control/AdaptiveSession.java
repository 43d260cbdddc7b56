/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.control;

import java.util.Locale;
import org.anodespark.odelayers.failure.FailureReason;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.NonFiniteCheck;
import org.anodespark.odelayers.solver.Step;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.StepSession;
import org.anodespark.odelayers.solver.Tolerance;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One solve under {@link AdaptiveSteps}. Lengths are without sign. */
final class AdaptiveSession implements StepSession {
  /** A step of fewer units in the last place of the time is not taken. */
  private static final double LEAST_ULPS = 4;

  private final AdaptiveSteps settings;
  private final Tolerance tolerance;
  private final InitialValueProblem problem;
  private final double direction;
  private final JumpTimes jumps;
  private final StepFactor factor;
  private final TrialLog log = new TrialLog();

  /** State after the latest step that counts. */
  private INDArray y;

  private double time;
  private int accepted;
  private int trials;

  /** Length that the error estimate asks for. */
  private double length;

  private Step trial;
  private boolean cutShort;
  private boolean lastWasFinite = true;
  private boolean leastWasRejected;

  /**
   * @param y0 the initial state
   * @param firstLength of the first trial; 0 for what the settings say
   */
  AdaptiveSession(
      AdaptiveSteps settings, InitialValueProblem problem, INDArray y0, double firstLength) {
    this.settings = settings;
    this.tolerance = settings.tolerance().orElseThrow();
    this.problem = problem;
    this.y = y0;
    this.time = problem.start();
    this.direction = Math.signum(problem.end() - problem.start());
    this.jumps = new JumpTimes(settings.jumpTimes(), problem.start(), problem.end());
    this.factor = new StepFactor(settings, errorOrder(problem.method()));
    NonFiniteCheck.requireFiniteInput(y0);
    double given = firstLength > 0 ? firstLength : settings.firstStep();
    this.length = given > 0 ? given : InitialStep.choose(problem, settings, y0);
  }

  /** Length of the trial that would follow, were it not for the end. */
  double lengthToGoOnWith() {
    return length;
  }

  /** The power of h with which the error estimate of a method shrinks. */
  static int errorOrder(StepMethod method) {
    return Math.min(method.order(), method.embeddedOrder()) + 1;
  }

  @Override
  public boolean needsError() {
    return true;
  }

  @Override
  public Step next() {
    if (trials == settings.maximumSteps()) {
      throw tooManySteps();
    }
    if (leastWasRejected) {
      throw lastWasFinite ? underflow() : nonFinite();
    }
    trials++;
    length = Math.min(settings.maximumStep(), Math.max(least(), length));
    double target = jumps.target(time);
    double remaining = Math.abs(target - time);
    // what is left after a step that almost arrives would be no step
    cutShort = length > remaining - LEAST_ULPS * Math.max(Math.ulp(time), Math.ulp(target));
    trial = new Step(accepted, time, cutShort ? target : time + direction * length);
    return trial;
  }

  private double least() {
    return Math.max(settings.minimumStep(), LEAST_ULPS * Math.ulp(time));
  }

  @Override
  public boolean accept(INDArray before, INDArray after, INDArray error) {
    double size = sizeOf(error, before, after);
    log.add(trial, size);
    boolean counts = size <= 1;
    if (counts) {
      y = after;
      moveOn(size);
    } else {
      tryAgain(size);
    }
    return counts;
  }

  private double sizeOf(INDArray error, INDArray before, INDArray after) {
    INDArray scale =
        tolerance.scale(
            problem.controlled().apply(before), problem.controlled().apply(after), problem.pool());
    double size = settings.norm().of(problem.controlled().apply(error), scale);
    problem.pool().giveBack(scale);
    return size;
  }

  private void moveOn(double size) {
    time = trial.end();
    accepted++;
    if (cutShort) {
      // such a step says little about the next one, and f is another one behind a jump
      factor.forget();
    } else {
      length *= factor.afterAcceptance(size);
    }
  }

  private void tryAgain(double size) {
    double tried = cutShort ? Math.abs(trial.length()) : length;
    leastWasRejected = tried <= least();
    lastWasFinite = Double.isFinite(size);
    length = tried * factor.afterRejection(size);
  }

  private OdeSolveException nonFinite() {
    return NonFiniteCheck.describe(problem, trial, y)
        .inStep(trial.index(), trial.start(), trial.length());
  }

  private OdeSolveException underflow() {
    return failure(
        FailureReason.STEP_UNDERFLOW,
        String.format(
            Locale.ROOT,
            "the error estimate asks for a step of length %.3g, below the least one of %.3g; the"
                + " largest entry of y is %.4g and the latest trials are %s. Raise the tolerances,"
                + " or look for a jump or a singularity of f; f may also be stiff, which"
                + " CrankNicolson with FixedSteps can deal with.",
            length,
            least(),
            y.amaxNumber().doubleValue(),
            log));
  }

  private OdeSolveException tooManySteps() {
    return failure(
        FailureReason.TOO_MANY_STEPS,
        String.format(
            Locale.ROOT,
            "%d trial steps, %d of them accepted, led from t = %.6g to t = %.6g only, on the way to"
                + " t = %.6g; the largest entry of y is %.4g and the latest trials are %s. Raise"
                + " maximumSteps or the tolerances, or use FixedSteps.",
            trials,
            accepted,
            problem.start(),
            time,
            problem.end(),
            y.amaxNumber().doubleValue(),
            log));
  }

  private OdeSolveException failure(FailureReason reason, String detail) {
    return new OdeSolveException(reason, detail).inStep(accepted, time, direction * length);
  }
}
