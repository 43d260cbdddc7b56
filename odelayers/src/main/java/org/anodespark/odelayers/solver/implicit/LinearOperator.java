/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.implicit;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A matrix that is known by its products with vectors only. */
@FunctionalInterface
interface LinearOperator {
  /**
   * {@code out := A x}.
   *
   * @param x left as it is
   * @param out not {@code x}
   */
  void apply(INDArray x, INDArray out);
}
