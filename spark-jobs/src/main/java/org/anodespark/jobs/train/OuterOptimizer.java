/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An optimiser on the driver that takes what workers did in a round for a gradient: with x the
 * parameters before the round and a the average of the workers' parameters after it, d = x - a, m =
 * momentum m + d, and the new parameters are x - rate (d + momentum m), which is Nesterov's method.
 * Momentum 0 and rate 1 give a itself, to the bit.
 *
 * <p>Sources: J. Wang, V. Tantia, N. Ballas and M. Rabbat, "SlowMo: Improving
 * Communication-Efficient Distributed SGD with Slow Momentum", ICLR 2020; A. Douillard et al.,
 * "DiLoCo: Distributed Low-Communication Training of Language Models", 2023, whose outer optimiser
 * is this one.
 */
final class OuterOptimizer {
  private final double momentum;
  private final double learningRate;
  private INDArray velocity;

  /**
   * @param momentum in [0, 1)
   * @param learningRate above 0
   */
  OuterOptimizer(double momentum, double learningRate) {
    this.momentum = momentum;
    this.learningRate = learningRate;
  }

  /** Whether it gives the average itself. */
  boolean isPlainAverage() {
    return momentum == 0 && learningRate == 1;
  }

  /**
   * Takes a step.
   *
   * @param before the parameters that the workers began with
   * @param average of the workers' parameters, of the same shape and type
   * @return the new parameters: a new array, or {@code average}
   */
  INDArray step(INDArray before, INDArray average) {
    if (isPlainAverage()) {
      return average;
    }
    // Closed here: the driver's heap is too idle to have garbage of this size collected in time.
    try (INDArray difference = doubles(before);
        INDArray scratch = doubles(average)) {
      difference.subi(scratch);
      velocity = velocity == null ? difference.dup() : velocity.muli(momentum).addi(difference);
      scratch.assign(velocity).muli(momentum);
      difference.addi(scratch).muli(learningRate);
      scratch.assign(before).subi(difference);
      return Nd4j.createUninitialized(average.dataType(), average.shape()).assign(scratch);
    }
  }

  private static INDArray doubles(INDArray values) {
    return Nd4j.createUninitialized(DataType.DOUBLE, values.shape()).assign(values);
  }

  /** The momentum, of double precision; nothing before the first step and where there is none. */
  Optional<INDArray> velocity() {
    return Optional.ofNullable(velocity);
  }

  /** Goes on with a momentum, or without one if it is null. */
  void restore(INDArray newVelocity) {
    velocity = newVelocity == null ? null : newVelocity.dup();
  }
}
