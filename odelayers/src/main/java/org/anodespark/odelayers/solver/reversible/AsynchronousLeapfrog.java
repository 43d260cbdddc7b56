/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.reversible;

import java.util.List;
import org.anodespark.odelayers.dynamics.KeptEvaluation;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.kernel.LinearCombination;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.InvertibleStepMethod;
import org.anodespark.odelayers.solver.SlopeTape;
import org.anodespark.odelayers.solver.SolverState;
import org.anodespark.odelayers.solver.Step;
import org.anodespark.odelayers.solver.StepTape;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The asynchronous leapfrog method: one stage, order 2, invertible (Mutze, "An asynchronous
 * leapfrog method II", arXiv:1311.6602, 2013; with damping Zhuang et al., "MALI: a memory efficient
 * and reverse accurate integrator for Neural ODEs", ICLR 2021). The state carries a velocity v
 * beside y, which begins as f(t0, y0); with damping eta a step is
 *
 * <pre>{@code
 * m  = y + h/2 v
 * u  = f(t + h/2, m)
 * v' = v + 2 eta (u - v)
 * y' = m + h/2 v'
 * }</pre>
 *
 * <p>and it is undone by {@code m = y' - h/2 v'}, {@code v = (v' - 2 eta u) / (1 - 2 eta)} and
 * {@code y = m - h/2 v}, from the same evaluation.
 *
 * <p><b>Stability.</b> On {@code y' = lambda y} the amplification factors are the roots of {@code
 * s^2 - 2 (1 - eta + eta h lambda) s + 1 - 2 eta}. Undamped, eta = 1, it is stable just where h
 * lambda lies strictly between -i and i: oscillations neither grow nor fade, but where the solution
 * decays, like exp(-a t), the velocity's error changes sign with every step and grows like exp(a
 * t), however short the steps. So the method suits fields that contract little over the interval, a
 * (t1 - t0) of a few units at most, and no stiff ones.
 *
 * <p>Damping, eta &lt; 1, is stable for real h lambda from -2 (1 - eta) / eta to 0, but has its
 * price: the order falls to 1, and going backwards multiplies the rounding errors of v by 1 / (2
 * eta - 1) in each step, so that N steps can only be undone while (2 eta - 1)^-N is far from 1e16,
 * or from 1e7 in single precision.
 */
public final class AsynchronousLeapfrog implements InvertibleStepMethod {
  private static final long serialVersionUID = 1L;

  /** Where the state carries v. */
  static final int VELOCITY = 0;

  private final double damping;

  /** Without damping, eta = 1. */
  public AsynchronousLeapfrog() {
    this(1.0);
  }

  /**
   * @param damping eta, above 1/2, up to 1 for no damping
   * @throws IllegalArgumentException if it is anything else
   */
  public AsynchronousLeapfrog(@JsonProperty("damping") double damping) {
    if (!(damping > 0.5 && damping <= 1.0)) {
      throw new IllegalArgumentException(
          "damping = " + damping + ", expected a number above 0.5 and up to 1, which is none.");
    }
    this.damping = damping;
  }

  /** The factor eta; 1 for no damping. */
  @JsonProperty("damping")
  public double damping() {
    return damping;
  }

  @Override
  public int order() {
    return damping == 1.0 ? 2 : 1;
  }

  @Override
  public int stages() {
    return 1;
  }

  /** One: the velocity. */
  @Override
  public int carriedArrays() {
    return 1;
  }

  @Override
  public int startEvaluations() {
    return 1;
  }

  /** One: the state in the middle of the step. */
  @Override
  public int tapeArguments() {
    return 1;
  }

  @Override
  public int tapeResults() {
    return 1;
  }

  /** None: what undoes a step also differentiates it. */
  @Override
  public int inverseEvaluations() {
    return 0;
  }

  @Override
  public void start(VectorField field, double t, SolverState state, ArrayPool pool) {
    field.evaluate(t, state.y(), state.carried(VELOCITY));
  }

  @Override
  public StepTape recordStart(VectorField field, double t, SolverState state, ArrayPool pool) {
    return new SlopeTape(
        field.evaluateAndKeep(t, state.y(), state.carried(VELOCITY)), VELOCITY, pool);
  }

  @Override
  public void advance(
      VectorField field,
      Step step,
      SolverState from,
      SolverState to,
      INDArray error,
      ArrayPool pool) {
    INDArray middle = pool.borrow(from.y().shape());
    INDArray slope = pool.borrow(from.y().shape());
    drift(from, 0.5 * step.length(), middle);
    field.evaluate(step.time(0.5), middle, slope);
    kickAndDrift(step, from, middle, slope, to);
    pool.giveBack(middle);
    pool.giveBack(slope);
  }

  @Override
  public StepTape record(
      VectorField field,
      Step step,
      SolverState from,
      SolverState to,
      INDArray error,
      ArrayPool pool) {
    INDArray middle = pool.borrow(from.y().shape());
    INDArray slope = pool.borrow(from.y().shape());
    drift(from, 0.5 * step.length(), middle);
    KeptEvaluation kept = field.evaluateAndKeep(step.time(0.5), middle, slope);
    kickAndDrift(step, from, middle, slope, to);
    return new LeapfrogTape(damping, step.length(), kept, middle, slope, pool);
  }

  @Override
  public StepTape recordBackwards(
      VectorField field, Step step, SolverState after, SolverState before, ArrayPool pool) {
    INDArray middle = pool.borrow(after.y().shape());
    INDArray slope = pool.borrow(after.y().shape());
    drift(after, -0.5 * step.length(), middle);
    KeptEvaluation kept = field.evaluateAndKeep(step.time(0.5), middle, slope);
    double[] coefficients = {1 / (1 - 2 * damping), -2 * damping / (1 - 2 * damping)};
    INDArray velocity = before.carried(VELOCITY);
    LinearCombination.assign(velocity, coefficients, List.of(after.carried(VELOCITY), slope));
    LinearCombination.assign(
        before.y(), middle, new double[] {-0.5 * step.length()}, List.of(velocity));
    return new LeapfrogTape(damping, step.length(), kept, middle, slope, pool);
  }

  /** {@code middle := y + time v}. */
  private static void drift(SolverState state, double time, INDArray middle) {
    LinearCombination.assign(
        middle, state.y(), new double[] {time}, List.of(state.carried(VELOCITY)));
  }

  private void kickAndDrift(
      Step step, SolverState from, INDArray middle, INDArray slope, SolverState to) {
    double[] coefficients = {1 - 2 * damping, 2 * damping};
    INDArray velocity = to.carried(VELOCITY);
    LinearCombination.assign(velocity, coefficients, List.of(from.carried(VELOCITY), slope));
    LinearCombination.assign(to.y(), middle, new double[] {0.5 * step.length()}, List.of(velocity));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AsynchronousLeapfrog that && damping == that.damping;
  }

  @Override
  public int hashCode() {
    return 31 * AsynchronousLeapfrog.class.hashCode() + Double.hashCode(damping);
  }

  @Override
  public String toString() {
    return "AsynchronousLeapfrog" + (damping == 1.0 ? "" : "(damping=" + damping + ")");
  }
}
