/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.control;

import org.anodespark.odelayers.kernel.LinearCombination;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.NonFiniteCheck;
import org.anodespark.odelayers.solver.Step;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A guess at the first step from the sizes of y, f and the change of f, at the price of two
 * evaluations (Hairer, Norsett and Wanner, "Solving Ordinary Differential Equations I", 1993,
 * algorithm of section II.4).
 */
final class InitialStep implements AutoCloseable {
  /** Below this norm an array counts as zero. */
  private static final double NEGLIGIBLE = 1e-5;

  /** A slope and a change of slope below this are those of a constant solution. */
  private static final double CONSTANT = 1e-15;

  /** The step where the norms say nothing; step control makes it longer soon. */
  private static final double CAUTIOUS = 1e-6;

  private final InitialValueProblem problem;
  private final ErrorNorm norm;
  private final INDArray y;
  private final ArrayPool pool;
  private final INDArray scale;
  private final INDArray slope;
  private final INDArray ahead;
  private final INDArray slopeAhead;

  private InitialStep(InitialValueProblem problem, AdaptiveSteps settings, INDArray y) {
    this.problem = problem;
    this.norm = settings.norm();
    this.y = y;
    this.pool = problem.pool();
    INDArray part = problem.controlled().apply(y);
    this.scale = settings.tolerance().orElseThrow().scale(part, part, pool);
    this.slope = pool.borrow(y.shape());
    this.ahead = pool.borrow(y.shape());
    this.slopeAhead = pool.borrow(y.shape());
  }

  /**
   * The length of the step, positive, at most a hundred times the interval.
   *
   * @throws org.anodespark.odelayers.failure.OdeSolveException with reason {@code
   *     NON_FINITE_DYNAMICS} if f is not finite at the start
   */
  static double choose(InitialValueProblem problem, AdaptiveSteps settings, INDArray y) {
    try (InitialStep choice = new InitialStep(problem, settings, y)) {
      return choice.length();
    }
  }

  private double length() {
    problem.field().evaluate(problem.start(), y, slope);
    if (!NonFiniteCheck.isFinite(slope)) {
      throw NonFiniteCheck.describe(problem, new Step(0, problem.start(), problem.end()), y);
    }
    double speed = norm(slope);
    double trial = Math.min(explicitStep(norm(y), speed), interval());
    double greatest = Math.max(speed, bend(trial));
    double byError =
        greatest <= CONSTANT
            ? Math.max(CAUTIOUS, trial * 1e-3)
            : Math.pow(0.01 / greatest, 1.0 / AdaptiveSession.errorOrder(problem.method()));
    double length = Math.min(100 * trial, byError);
    // 0 or NaN: the norms overflow, or f is not finite so far ahead
    return length > 0 ? length : Math.min(CAUTIOUS, interval());
  }

  /** A step over which y changes by a hundredth. */
  private static double explicitStep(double size, double speed) {
    boolean unclear = size < NEGLIGIBLE || speed < NEGLIGIBLE || Double.isInfinite(speed);
    return unclear ? CAUTIOUS : 0.01 * size / speed;
  }

  private double interval() {
    return Math.abs(problem.end() - problem.start());
  }

  /** The size of the second derivative, from an Euler step. */
  private double bend(double trial) {
    double h = Math.copySign(trial, problem.end() - problem.start());
    ahead.assign(y);
    LinearCombination.add(ahead, h, slope);
    problem.field().evaluate(problem.start() + h, ahead, slopeAhead);
    LinearCombination.add(slopeAhead, -1.0, slope);
    return norm(slopeAhead) / trial;
  }

  private double norm(INDArray array) {
    INDArray part = problem.controlled().apply(array);
    INDArray copy = pool.borrow(part.shape());
    copy.assign(part);
    double size = norm.of(copy, scale);
    pool.giveBack(copy);
    return size;
  }

  @Override
  public void close() {
    pool.giveBack(scale);
    pool.giveBack(slope);
    pool.giveBack(ahead);
    pool.giveBack(slopeAhead);
  }
}
