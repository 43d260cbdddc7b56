/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.evolution;

import java.util.List;
import java.util.Objects;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.adjoint.Trajectory;
import org.anodespark.odelayers.layer.WeightEvolution;
import org.anodespark.odelayers.layer.WeightPath;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.SolveCounter;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.solver.rungekutta.ExplicitRungeKutta;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The nonlinear evolution of ANODEV2, {@code dw/dt = tanh(tau laplacian(w) + upsilon . grad(w) +
 * rho w)}, with the coefficients of {@link ReactionDiffusionAdvection}: no weight changes faster
 * than by 1 in a unit of time. It is solved in time steps; gradients are those of the steps, not of
 * the equation.
 *
 * <p>The weights at a time t between two points of the grid of n steps in [0, 1] are those after
 * the smallest number of equal steps that are no longer than 1 / n.
 */
public final class BoundedEvolution implements WeightEvolution {
  private static final long serialVersionUID = 1L;

  /** Of a step: times that are sums of step lengths miss the grid by rounding. */
  private static final double ROUNDING = 1e-9;

  private final ExplicitRungeKutta method;
  private final int steps;

  /**
   * @param method of one step
   * @param steps from t = 0 to t = 1, at least 1
   * @throws IllegalArgumentException if there are fewer
   */
  public BoundedEvolution(
      @JsonProperty("method") ExplicitRungeKutta method, @JsonProperty("steps") int steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("steps = " + steps + ", expected at least 1.");
    }
    this.method = Objects.requireNonNull(method, "method");
    this.steps = steps;
  }

  /** The method of one step. */
  @JsonProperty("method")
  public ExplicitRungeKutta method() {
    return method;
  }

  /** Steps from t = 0 to t = 1. */
  @JsonProperty("steps")
  public int steps() {
    return steps;
  }

  @Override
  public List<Coefficient> coefficients() {
    return Coefficients.ALL;
  }

  @Override
  public WeightPath path(INDArray weights, INDArray coefficients) {
    return new Path(weights, coefficients);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BoundedEvolution that
        && method.equals(that.method)
        && steps == that.steps;
  }

  @Override
  public int hashCode() {
    return Objects.hash(method, steps);
  }

  @Override
  public String toString() {
    return "BoundedEvolution(" + method + ", steps=" + steps + ")";
  }

  private final class Path implements WeightPath {
    private final INDArray initial;
    private final INDArray coefficients;

    Path(INDArray initial, INDArray coefficients) {
      this.initial = initial;
      this.coefficients = coefficients;
    }

    @Override
    public void at(double time, INDArray out) {
      if (time == 0) {
        out.assign(initial);
        return;
      }
      problem(time, new BoundedField(coefficients)).solve(initial, out);
    }

    @Override
    public void pullback(
        double time, INDArray gradient, INDArray ofWeights, INDArray ofCoefficients) {
      ofWeights.assign(gradient);
      ofCoefficients.assign(0.0);
      if (time == 0) {
        return;
      }
      BoundedField field = new BoundedField(coefficients);
      INDArray adjoint = gradient.dup('c');
      try (Trajectory trajectory =
          new FullStorage().solve(problem(time, field), initial, initial.ulike())) {
        trajectory.pullback(adjoint);
      }
      ofWeights.assign(adjoint);
      ofCoefficients.assign(field.parameterGradient());
    }

    private InitialValueProblem problem(double time, BoundedField field) {
      int needed = Math.max(1, (int) Math.ceil(steps * Math.abs(time) - ROUNDING));
      return new InitialValueProblem(
          field,
          method,
          new FixedSteps(needed),
          0,
          time,
          new SolveCounter(),
          ArrayPool.ofCurrentThread(initial.dataType()));
    }
  }
}
