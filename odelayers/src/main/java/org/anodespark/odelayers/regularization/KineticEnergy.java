/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.regularization;

import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.StageIntegrand;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Regularises how fast the solution moves: the integral of the mean over all entries of {@code
 * f^2}. Of all fields that map the initial states to the same final ones the straightest paths at
 * constant speed have the least. Needs neither one evaluation nor one pullback more, but recorded
 * steps keep their slopes.
 *
 * <p>Source: C. Finlay, J.-H. Jacobsen, L. Nurbekyan and A. Oberman, "How to Train Your Neural ODE:
 * the World of Jacobian and Kinetic Regularization", ICML 2020.
 */
public final class KineticEnergy extends IntegralRegularizer {
  private static final long serialVersionUID = 1L;

  /**
   * @param coefficient constant, finite, not negative
   */
  public KineticEnergy(double coefficient) {
    this(constant(coefficient));
  }

  /**
   * @param coefficient over the training
   */
  @JsonCreator
  public KineticEnergy(@JsonProperty("coefficient") ISchedule coefficient) {
    super(coefficient);
  }

  @Override
  public boolean readsSlopes() {
    return true;
  }

  @Override
  public StageIntegrand integrand(InitialValueProblem problem, INDArray y0) {
    return new SquaredSlope();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KineticEnergy that && coefficient().equals(that.coefficient());
  }

  @Override
  public int hashCode() {
    return 31 * KineticEnergy.class.hashCode() + coefficient().hashCode();
  }

  @Override
  public String toString() {
    return "KineticEnergy(" + coefficient() + ")";
  }

  private static final class SquaredSlope implements StageIntegrand {
    @Override
    public boolean readsSlope() {
      return true;
    }

    @Override
    public double value(VectorField field, double t, INDArray y, INDArray slope, ArrayPool pool) {
      return MeanSquare.of(slope);
    }

    @Override
    public void addToSlope(INDArray slope, double weight, INDArray gradient) {
      MeanSquare.addGradient(slope, weight, gradient);
    }
  }
}
