/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import org.anodespark.odelayers.kernel.LinearCombination;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;

/** How well a backward pass rebuilt the state that the forward pass began with. */
final class Reconstruction {
  private Reconstruction() {}

  /**
   * {@code |rebuilt - exact| / |exact|} in the Euclidean norm; without the denominator if it is 0.
   * Infinite where the rebuilt state is not a number: farther than any that is.
   *
   * @param rebuilt where the backward pass arrived
   * @param exact where the forward pass began, same shape
   * @param pool lends scratch memory
   */
  static double relativeError(INDArray rebuilt, INDArray exact, ArrayPool pool) {
    INDArray difference = pool.borrow(exact.shape());
    difference.assign(rebuilt);
    LinearCombination.add(difference, -1.0, exact);
    double distance = difference.norm2Number().doubleValue();
    pool.giveBack(difference);
    if (Double.isNaN(distance)) {
      return Double.POSITIVE_INFINITY;
    }
    double norm = exact.norm2Number().doubleValue();
    return norm == 0.0 ? distance : distance / norm;
  }
}
