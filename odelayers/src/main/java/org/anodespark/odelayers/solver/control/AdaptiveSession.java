/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.control;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.anodespark.odelayers.failure.FailureReason;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.NonFiniteCheck;
import org.anodespark.odelayers.solver.Step;
import org.anodespark.odelayers.solver.StepSession;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One solve under {@link AdaptiveSteps}. */
final class AdaptiveSession implements StepSession {
  /** A step this many units in the last place long is as good as none. */
  private static final double LEAST_ULPS = 4;

  private static final int REMEMBERED_TRIALS = 5;

  private final AdaptiveSteps settings;
  private final InitialValueProblem problem;
  private final double direction;
  private final StepFactor factor;
  private final Deque<String> latestTrials = new ArrayDeque<>();
  private INDArray y;
  private double time;
  private double length;
  private int accepted;
  private int trials;
  private int nextJump;
  private boolean acrossJump;
  private boolean lastWasFinite = true;
  private Step trial;

  AdaptiveSession(AdaptiveSteps settings, InitialValueProblem problem, INDArray y0) {
    this.settings = settings;
    this.problem = problem;
    this.y = y0;
    this.time = problem.start();
    this.direction = Math.signum(problem.end() - problem.start());
    this.factor = new StepFactor(settings, problem.method().embeddedOrder() + 1);
    NonFiniteCheck.requireFiniteInput(y0);
    this.length =
        Math.min(
            settings.maximumStep(),
            settings.firstStep() > 0
                ? settings.firstStep()
                : InitialStep.choose(problem, settings, y0));
    if (!Double.isFinite(length)) {
      throw NonFiniteCheck.describe(problem, new Step(0, time, problem.end()), y0)
          .inStep(0, time, problem.end() - time);
    }
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
    trials++;
    double target = target();
    double remaining = Math.abs(target - time);
    double wanted = Math.min(length, settings.maximumStep());
    boolean arrives = wanted >= remaining;
    if (!arrives) {
      requireLongEnough(wanted);
    }
    // a step that almost arrives goes all the way, so that no sliver is left
    boolean all = arrives || remaining - wanted < LEAST_ULPS * Math.ulp(time);
    trial = new Step(accepted, time, all ? target : time + direction * wanted);
    return trial;
  }

  /**
   * Where the next step has to end at the latest: the end, or the last time before a jump. From
   * there one step of one unit in the last place leads across, so that the slope that first-same-
   * as-last methods carry is the one behind the jump.
   */
  private double target() {
    double[] jumps = settings.jumpTimes();
    acrossJump = false;
    while (nextJump < jumps.length) {
      double jump = direction > 0 ? jumps[nextJump] : jumps[jumps.length - 1 - nextJump];
      boolean passed = (jump - time) * direction <= 0;
      boolean beyondEnd = (problem.end() - jump) * direction <= 0;
      if (passed || beyondEnd) {
        nextJump++;
        continue;
      }
      double before = Math.nextAfter(jump, problem.start());
      acrossJump = before == time;
      return acrossJump ? jump : before;
    }
    return problem.end();
  }

  @Override
  public boolean accept(INDArray before, INDArray after, INDArray error) {
    INDArray scale =
        ErrorNorm.scale(
            before,
            after,
            settings.relativeTolerance(),
            settings.absoluteTolerance(),
            problem.pool());
    double size = settings.norm().of(error, scale);
    problem.pool().giveBack(scale);
    remember(size);
    lastWasFinite = Double.isFinite(size);
    boolean accepts = size <= 1;
    if (acrossJump && accepts) {
      factor.forget();
    } else {
      double used = Math.abs(trial.length());
      double proposed = used * factor.after(size, accepts);
      // a step that was cut short by the end or a jump says little about the next one
      length = accepts && used < length ? Math.max(length, proposed) : proposed;
    }
    if (accepts) {
      time = trial.end();
      accepted++;
      y = after;
    }
    return accepts;
  }

  private void remember(double error) {
    latestTrials.addLast(
        String.format(
            Locale.ROOT, "(t = %.6g, h = %.3g, error = %.3g)", time, trial.length(), error));
    if (latestTrials.size() > REMEMBERED_TRIALS) {
      latestTrials.removeFirst();
    }
  }

  private void requireLongEnough(double wanted) {
    double least = Math.max(settings.minimumStep(), LEAST_ULPS * Math.ulp(time));
    if (wanted >= least) {
      return;
    }
    Step step = new Step(accepted, time, time + direction * wanted);
    if (!lastWasFinite) {
      throw NonFiniteCheck.describe(problem, step, y).inStep(accepted, time, direction * wanted);
    }
    throw new OdeSolveException(
            FailureReason.STEP_UNDERFLOW,
            String.format(
                Locale.ROOT,
                "the error estimate asks for a step of length %.3g, below the least one of %.3g; the"
                    + " largest entry of y is %.4g and the latest trials are %s. Raise the"
                    + " tolerances, or look for a jump or a singularity of f; f may also be stiff,"
                    + " which CrankNicolson with FixedSteps can deal with.",
                wanted,
                least,
                y.amaxNumber().doubleValue(),
                String.join(", ", latestTrials)))
        .inStep(accepted, time, direction * wanted);
  }

  private OdeSolveException tooManySteps() {
    return new OdeSolveException(
            FailureReason.TOO_MANY_STEPS,
            String.format(
                Locale.ROOT,
                "%d trial steps, %d of them accepted, led from t = %.6g to t = %.6g only, on the way"
                    + " to t = %.6g; the largest entry of y is %.4g and the latest trials are %s."
                    + " Raise maximumSteps or the tolerances, or use FixedSteps.",
                trials,
                accepted,
                problem.start(),
                time,
                problem.end(),
                y.amaxNumber().doubleValue(),
                String.join(", ", latestTrials)))
        .inStep(accepted, time, direction * length);
  }
}
