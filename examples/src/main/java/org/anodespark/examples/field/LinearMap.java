/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.field;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A linear map of states onto states of the same shape, by weights. */
public interface LinearMap {
  /** The weights, flat: {@code [P]}, contiguous; what is written there takes effect. */
  INDArray weights();

  /** {@code out := L x}; {@code out} is not {@code x}. */
  void apply(INDArray x, INDArray out);

  /**
   * The transposed map, and the gradient of the weights.
   *
   * @param x what the map was applied to
   * @param cotangent gradient with respect to {@code L x}; left as it is
   * @param out receives {@code L^T cotangent}
   * @param weightGradient receives the gradient with respect to {@link #weights}, {@code [P]}
   */
  void pullback(INDArray x, INDArray cotangent, INDArray out, INDArray weightGradient);
}
