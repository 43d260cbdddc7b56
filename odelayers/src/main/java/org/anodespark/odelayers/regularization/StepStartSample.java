/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.regularization;

import java.util.Random;
import org.anodespark.odelayers.solver.DenseStep;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The state at the start of an accepted step, each with the same probability although nobody knows
 * their number before: the n-th one takes the place of the one at hand with probability 1 / n.
 */
final class StepStartSample implements SampledState {
  private final Random random;
  private final INDArray state;
  private int starts;
  private double latestStart = Double.NaN;
  private double time;

  /**
   * @param seed of the choice
   * @param state receives the state
   */
  StepStartSample(long seed, INDArray state) {
    this.random = new Random(seed);
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
    double start = trial.step().start();
    if (start == latestStart) {
      // the trial before it was rejected
      return;
    }
    latestStart = start;
    starts++;
    if (random.nextDouble() * starts < 1) {
      trial.interpolate(0, state);
      time = start;
    }
  }
}
