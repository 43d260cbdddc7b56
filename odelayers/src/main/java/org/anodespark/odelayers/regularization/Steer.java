/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.regularization;

import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepMethod;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Solves to a random end time in training, uniform in [T - b, T + b] around the end T of the
 * interval and drawn anew for each solve. The number comes from ND4J's generator of the thread, as
 * those of dropout do, so it follows from the same seed. Works with every method, step control and
 * strategy.
 *
 * <p>Source: A. Ghosh, H. Behl, E. Dupont, P. Torr and V. Namboodiri, "STEER: Simple Temporal
 * Regularization For Neural ODEs", NeurIPS 2020.
 */
public final class Steer implements Regularizer {
  private static final long serialVersionUID = 1L;

  private final double halfWidth;

  /**
   * @param halfWidth b, positive, less than the length of the interval
   * @throws IllegalArgumentException if it is not positive
   */
  public Steer(@JsonProperty("halfWidth") double halfWidth) {
    if (!(halfWidth > 0 && Double.isFinite(halfWidth))) {
      throw new IllegalArgumentException("halfWidth = " + halfWidth + ", expected a number > 0.");
    }
    this.halfWidth = halfWidth;
  }

  /** b. */
  @JsonProperty("halfWidth")
  public double halfWidth() {
    return halfWidth;
  }

  @Override
  public void check(StepMethod method, StepControl control, AdjointStrategy adjoint) {
    // each solve is an ordinary one
  }

  /**
   * Checks the interval of a block.
   *
   * @throws org.anodespark.odelayers.failure.OdeSolveException if b is not less than its length
   */
  void checkInterval(double start, double end) {
    if (halfWidth >= Math.abs(end - start)) {
      throw Requirements.because(
          "Steer with b = "
              + halfWidth
              + " could draw an end time at or before the start of the interval from t = "
              + start
              + " to t = "
              + end
              + "; use a b below "
              + Math.abs(end - start)
              + ".");
    }
  }

  /** Draws an end time. */
  double draw(double end) {
    return end + halfWidth * (2 * Nd4j.getRandom().nextDouble() - 1);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Steer that && halfWidth == that.halfWidth;
  }

  @Override
  public int hashCode() {
    return Double.hashCode(halfWidth);
  }

  @Override
  public String toString() {
    return "Steer(" + halfWidth + ")";
  }
}
