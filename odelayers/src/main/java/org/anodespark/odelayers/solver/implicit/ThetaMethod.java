/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.implicit;

import java.util.Objects;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.kernel.LinearCombination;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.SolverState;
import org.anodespark.odelayers.solver.Step;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.StepTape;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * {@code y1 = y0 + h ((1 - theta) f(t0, y0) + theta f(t1, y1))} and its exact discrete adjoint; a
 * subclass names theta.
 */
abstract class ThetaMethod implements StepMethod {
  private static final long serialVersionUID = 1L;

  /** Most corrections of Newton's iteration, by default. */
  static final int MAX_ITERATIONS = 20;

  /** Most products for one correction, by default. */
  static final int MAX_LINEAR_ITERATIONS = 500;

  private final double tolerance;
  private final int maxIterations;
  private final int maxLinearIterations;

  ThetaMethod(double tolerance, int maxIterations, int maxLinearIterations) {
    if (!(tolerance >= 0.0 && tolerance < 1.0)) {
      throw new IllegalArgumentException(
          "tolerance = " + tolerance + ", expected 0 (by data type) or more, and less than 1.");
    }
    this.tolerance = tolerance;
    this.maxIterations = orDefault("maxIterations", maxIterations, MAX_ITERATIONS);
    this.maxLinearIterations =
        orDefault("maxLinearIterations", maxLinearIterations, MAX_LINEAR_ITERATIONS);
  }

  private static int orDefault(String name, int value, int byDefault) {
    if (value < 0) {
      throw new IllegalArgumentException(
          name + " = " + value + ", expected at least 1, or 0 for " + byDefault + ".");
    }
    return value == 0 ? byDefault : value;
  }

  /** Weight of the slope at the end of the step, more than 0, at most 1. */
  abstract double theta();

  /**
   * The relative tolerance to which the equations of a step are solved; 0 for 1e-12 in double
   * precision and 1e-6 in single precision.
   */
  @JsonProperty("tolerance")
  public final double tolerance() {
    return tolerance;
  }

  /** Most corrections of Newton's iteration in one step. */
  @JsonProperty("maxIterations")
  public final int maxIterations() {
    return maxIterations;
  }

  /** Most products with the Jacobian for one correction. */
  @JsonProperty("maxLinearIterations")
  public final int maxLinearIterations() {
    return maxLinearIterations;
  }

  /** The evaluations that a recorded step keeps; the iteration takes more. */
  @Override
  public final int stages() {
    return theta() < 1.0 ? 2 : 1;
  }

  @Override
  public final boolean fixedWork() {
    return false;
  }

  /** None: both evaluations took place at an end of the step. */
  @Override
  public final int tapeArguments() {
    return 0;
  }

  @Override
  public final boolean tapeReadsEnd() {
    return true;
  }

  @Override
  public final int tapeResults() {
    return stages();
  }

  @Override
  public final void advance(
      VectorField field,
      Step step,
      SolverState from,
      SolverState to,
      INDArray error,
      ArrayPool pool) {
    try (Scratch scratch = new Scratch(from.y(), pool)) {
      INDArray slope = scratch.borrow();
      INDArray base = from.y();
      if (theta() < 1.0) {
        field.evaluate(step.start(), from.y(), slope);
        base = base(step, from, slope, scratch);
      }
      try (StepEquation equation = equation(field, step, from, base, slope)) {
        solver().solve(equation, to.y(), pool);
      }
    }
  }

  @Override
  public final StepTape record(
      VectorField field,
      Step step,
      SolverState from,
      SolverState to,
      INDArray error,
      ArrayPool pool) {
    ThetaTape tape = new ThetaTape(step, theta(), solver(), pool, from.y());
    try (Scratch scratch = new Scratch(from.y(), pool)) {
      INDArray base = from.y();
      if (theta() < 1.0) {
        INDArray slope = scratch.borrow();
        tape.add(field.evaluateAndKeep(step.start(), from.y(), slope), slope, scratch);
        base = base(step, from, slope, scratch);
      }
      INDArray slope = scratch.borrow();
      try (StepEquation equation = equation(field, step, from, base, slope)) {
        if (!solver().solve(equation, to.y(), pool)) {
          equation.evaluate(to.y());
        }
        tape.add(equation.release(), slope, scratch);
      }
      return tape;
    } catch (RuntimeException e) {
      tape.close();
      throw e;
    }
  }

  /** The part of y1 that is known before the iteration. */
  private INDArray base(Step step, SolverState from, INDArray slope, Scratch scratch) {
    INDArray base = scratch.borrow();
    base.assign(from.y());
    LinearCombination.add(base, (1.0 - theta()) * step.length(), slope);
    return base;
  }

  private StepEquation equation(
      VectorField field, Step step, SolverState from, INDArray base, INDArray slope) {
    return new StepEquation(field, step, theta() * step.length(), from.y(), base, slope);
  }

  private NewtonKrylov solver() {
    return new NewtonKrylov(tolerance, maxIterations, maxLinearIterations);
  }

  @Override
  @SuppressWarnings("EqualsGetClass") // class and settings are the whole value of a method
  public boolean equals(Object other) {
    return other != null
        && other.getClass() == getClass()
        && ((ThetaMethod) other).solver().equals(solver());
  }

  @Override
  public int hashCode() {
    return Objects.hash(getClass().getName(), solver());
  }

  @Override
  public String toString() {
    return getClass().getSimpleName()
        + "(tolerance = "
        + tolerance
        + ", maxIterations = "
        + maxIterations
        + ", maxLinearIterations = "
        + maxLinearIterations
        + ")";
  }
}
