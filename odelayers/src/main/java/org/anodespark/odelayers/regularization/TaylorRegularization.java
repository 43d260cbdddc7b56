/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.regularization;

import java.util.Objects;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.kernel.LinearCombination;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.StageIntegrand;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Regularises how much the solution bends: the integral of the mean over all entries of the square
 * of its derivative {@code d^K y/dt^K}, along the solution, with all that the time itself
 * contributes. It draws the solution towards a polynomial of degree K - 1.
 *
 * <p>Needs a field that has a {@linkplain VectorField#jet jet}. Costs K Taylor coefficients for
 * each stage of a trial, and once more K and their pullbacks for each stage in the backward pass.
 *
 * <p>Source: J. Kelly, J. Bettencourt, M. J. Johnson and D. Duvenaud, "Learning Differential
 * Equations that are Easy to Solve", NeurIPS 2020.
 */
public final class TaylorRegularization extends IntegralRegularizer {
  private static final long serialVersionUID = 1L;

  private final int order;

  /**
   * @param coefficient constant, finite, not negative
   * @param order K, at least 2; the published values are 2 and 3
   */
  public TaylorRegularization(double coefficient, int order) {
    this(constant(coefficient), order);
  }

  /**
   * @param coefficient over the training
   * @param order K, at least 2; the published values are 2 and 3
   * @throws IllegalArgumentException if the order is less
   */
  @JsonCreator
  public TaylorRegularization(
      @JsonProperty("coefficient") ISchedule coefficient, @JsonProperty("order") int order) {
    super(coefficient);
    if (order < 2) {
      throw new IllegalArgumentException(
          "order = " + order + ", expected at least 2; the first derivative is KineticEnergy.");
    }
    this.order = order;
  }

  /** K. */
  @JsonProperty("order")
  public int order() {
    return order;
  }

  @Override
  public StageIntegrand integrand(InitialValueProblem problem, INDArray y0) {
    Requirements.requireJet(problem);
    return new SquaredDerivative(order);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TaylorRegularization that
        && coefficient().equals(that.coefficient())
        && order == that.order;
  }

  @Override
  public int hashCode() {
    return Objects.hash(coefficient(), order);
  }

  @Override
  public String toString() {
    return "TaylorRegularization(" + coefficient() + ", " + order + ")";
  }

  private static final class SquaredDerivative implements StageIntegrand {
    private final int order;

    SquaredDerivative(int order) {
      this.order = order;
    }

    @Override
    public double value(VectorField field, double t, INDArray y, INDArray slope, ArrayPool pool) {
      try (SolutionJet jet = new SolutionJet(field, t, y, order, pool)) {
        double factor = jet.derivativeFactor();
        return factor * factor * MeanSquare.of(jet.lastSlopeCoefficient());
      }
    }

    @Override
    public void addToArgument(
        VectorField field, double t, INDArray y, double weight, INDArray gradient, ArrayPool pool) {
      try (SolutionJet jet = new SolutionJet(field, t, y, order, pool)) {
        double factor = jet.derivativeFactor();
        INDArray cotangent = pool.borrow(y.shape());
        cotangent.assign(0.0);
        MeanSquare.addGradient(jet.lastSlopeCoefficient(), weight * factor * factor, cotangent);
        jet.pullback(cotangent);
        LinearCombination.add(gradient, 1.0, cotangent);
        pool.giveBack(cotangent);
      }
    }
  }
}
