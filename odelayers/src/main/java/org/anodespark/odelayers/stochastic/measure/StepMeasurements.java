/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.stochastic.measure;

import java.util.ArrayList;
import java.util.List;

/**
 * The measures of the steps of one solve, and after it the weights with which the loss depends on
 * them. A new one for each solve:
 *
 * <pre>{@code
 * StepMeasurements measurements = new StepMeasurements(1e-2, 1e-2);
 * ... solve ...
 * measurements.accepted();              // E_j, S_j and h_j: the value of a regulariser
 * measurements.differentiate(weights);  // its derivatives, before the pullback of the solve
 * }</pre>
 *
 * <p>A trial that is not accepted is followed by another one with the same number of steps before
 * it, which takes its place here; so what remains are accepted steps. A replay measures the same
 * again.
 */
public final class StepMeasurements {
  private final double relativeTolerance;
  private final double absoluteTolerance;
  private final List<StepMeasure> measures = new ArrayList<>();
  private StepWeights weights = StepWeights.NONE;

  /**
   * The scale of an error is {@code absoluteTolerance + relativeTolerance * max(|u|, |next u|)}.
   *
   * @param relativeTolerance not negative
   * @param absoluteTolerance positive
   * @throws IllegalArgumentException if a tolerance is out of its range
   */
  public StepMeasurements(double relativeTolerance, double absoluteTolerance) {
    if (!(relativeTolerance >= 0 && absoluteTolerance > 0)) {
      throw new IllegalArgumentException(
          "relativeTolerance = "
              + relativeTolerance
              + " and absoluteTolerance = "
              + absoluteTolerance
              + ", expected one that is not negative and one above 0.");
    }
    this.relativeTolerance = relativeTolerance;
    this.absoluteTolerance = absoluteTolerance;
  }

  /** The tolerance relative to u. */
  public double relativeTolerance() {
    return relativeTolerance;
  }

  /** The tolerance where u is near zero. */
  public double absoluteTolerance() {
    return absoluteTolerance;
  }

  /**
   * Notes a trial step.
   *
   * @param index number of accepted steps before it
   */
  public void note(int index, StepMeasure measure) {
    if (index < measures.size()) {
      measures.set(index, measure);
    } else {
      measures.add(measure);
    }
  }

  /** The accepted steps, first to last, once the solve is over. */
  public List<StepMeasure> accepted() {
    return List.copyOf(measures);
  }

  /** Sets how the loss depends on the measures; on none of them by default. */
  public void differentiate(StepWeights newWeights) {
    weights = newWeights;
  }

  /** How the loss depends on the measures. */
  public StepWeights weights() {
    return weights;
  }
}
