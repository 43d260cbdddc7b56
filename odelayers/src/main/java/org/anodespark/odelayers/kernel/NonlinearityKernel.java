/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel;

import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A {@link Nonlinearity} by itself, of any shape, on buffers of the caller. Its derivative reads
 * the argument, never the result. The type of {@code x} is the one that is computed in; the other
 * arrays may have another one.
 */
public interface NonlinearityKernel {
  /**
   * {@code y := function(x)}.
   *
   * @param x the argument, left as it is
   * @param y receives the result
   * @param pool lends scratch memory
   */
  void forward(INDArray x, INDArray y, ArrayPool pool);

  /**
   * {@code out := function'(x) d}. The Jacobian is diagonal, so this is the product with it and
   * with its transpose: of a tangent or of a gradient.
   *
   * @param x the argument of the function
   * @param d tangent of the argument, or gradient of the result; left as it is
   * @param out receives the tangent of the result, or the gradient of the argument; may be {@code
   *     d}
   * @param pool lends scratch memory
   */
  void derivative(INDArray x, INDArray d, INDArray out, ArrayPool pool);
}
