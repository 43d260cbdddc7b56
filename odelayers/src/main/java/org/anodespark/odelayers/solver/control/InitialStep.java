/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.control;

import org.anodespark.odelayers.kernel.LinearCombination;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A guess at the first step from the sizes of y, f and the change of f, at the price of two
 * evaluations (Hairer, Norsett and Wanner, "Solving Ordinary Differential Equations I", 1993,
 * algorithm of section II.4).
 */
final class InitialStep {
  /** Below this norm an array counts as zero. */
  private static final double NEGLIGIBLE = 1e-5;

  private final InitialValueProblem problem;
  private final AdaptiveSteps settings;
  private final INDArray y;
  private final INDArray scale;

  private InitialStep(InitialValueProblem problem, AdaptiveSteps settings, INDArray y) {
    this.problem = problem;
    this.settings = settings;
    this.y = y;
    INDArray part = problem.controlled().apply(y);
    this.scale =
        ErrorNorm.scale(
            part, part, settings.relativeTolerance(), settings.absoluteTolerance(), problem.pool());
  }

  /** The length of the step, positive. */
  static double choose(InitialValueProblem problem, AdaptiveSteps settings, INDArray y) {
    InitialStep choice = new InitialStep(problem, settings, y);
    double length = choice.length();
    problem.pool().giveBack(choice.scale);
    return length;
  }

  private double length() {
    ArrayPool pool = problem.pool();
    double direction = Math.signum(problem.end() - problem.start());
    INDArray slope = pool.borrow(y.shape());
    problem.field().evaluate(problem.start(), y, slope);
    double size = norm(y);
    double speed = norm(slope);
    double trial = size < NEGLIGIBLE || speed < NEGLIGIBLE ? 1e-6 : 0.01 * size / speed;
    trial = Math.min(trial, Math.abs(problem.end() - problem.start()));

    INDArray ahead = pool.borrow(y.shape());
    ahead.assign(y);
    LinearCombination.add(ahead, direction * trial, slope);
    INDArray slopeAhead = pool.borrow(y.shape());
    problem.field().evaluate(problem.start() + direction * trial, ahead, slopeAhead);
    LinearCombination.add(slopeAhead, -1.0, slope);
    double bend = norm(slopeAhead) / trial;
    pool.giveBack(slope);
    pool.giveBack(ahead);
    pool.giveBack(slopeAhead);

    double largest = Math.max(speed, bend);
    double byError =
        largest <= 1e-15
            ? Math.max(1e-6, trial * 1e-3)
            : Math.pow(0.01 / largest, 1.0 / (problem.method().embeddedOrder() + 1));
    return Math.min(100 * trial, byError);
  }

  private double norm(INDArray array) {
    INDArray part = problem.controlled().apply(array);
    INDArray copy = problem.pool().borrow(part.shape());
    copy.assign(part);
    double norm = settings.norm().of(copy, scale);
    problem.pool().giveBack(copy);
    return norm;
  }
}
