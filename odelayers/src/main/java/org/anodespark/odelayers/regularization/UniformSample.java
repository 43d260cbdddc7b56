/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.regularization;

import org.anodespark.odelayers.solver.DenseStep;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The state at a time that was drawn before the solve. */
final class UniformSample implements SampledState {
  private final double time;
  private final INDArray state;

  /**
   * @param start of the interval
   * @param end of the interval
   * @param draw uniform in [0, 1)
   * @param state receives the state
   */
  UniformSample(double start, double end, double draw, INDArray state) {
    double drawn = start + draw * (end - start);
    // rounding must not leave an interval of no length behind it
    this.time = drawn == end ? start : drawn;
    this.state = state;
  }

  @Override
  public double time() {
    return time;
  }

  @Override
  public INDArray state() {
    return state;
  }

  @Override
  public void offer(DenseStep trial) {
    double theta = (time - trial.step().start()) / trial.step().length();
    if (theta >= 0 && theta <= 1) {
      trial.interpolate(theta, state);
    }
  }
}
