/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.List;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * How parameters are updated, in Deeplearning4j's terms.
 *
 * @param updater turns a gradient into an update
 * @param regularization what is added to the updates of weights, not of biases; may be empty
 * @param clipping what is done to large gradients
 * @param clippingThreshold what is large, above 0
 * @param iterations of the whole training, over which schedules run, at least 1
 */
public record Optimization(
    IUpdater updater,
    List<Regularization> regularization,
    GradientNormalization clipping,
    double clippingThreshold,
    int iterations) {
  public Optimization {
    regularization = List.copyOf(regularization);
  }
}
