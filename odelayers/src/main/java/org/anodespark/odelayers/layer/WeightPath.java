/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Weights as a function of time. Equal times give equal bits. */
public interface WeightPath {
  /**
   * {@code out := w(time)}.
   *
   * @param time 0 for the weights themselves
   * @param out shape and type of the weights
   */
  void at(double time, INDArray out);

  /**
   * The gradient of w(time), pulled back.
   *
   * @param time as in {@link #at}
   * @param gradient of a loss by w(time), left as it is
   * @param ofWeights receives that by w(0)
   * @param ofCoefficients receives that by the coefficients, {@code [K, C_out]}
   */
  void pullback(double time, INDArray gradient, INDArray ofWeights, INDArray ofCoefficients);
}
