/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel;

import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Pooling and its gradient, on buffers of the caller. Images are {@code [N, H, W, C]}; the type of
 * the input is the one that is computed in, other arrays may have another one.
 */
public interface PoolingKernel {
  /** Whether a training pass leaves a record, which the gradient reads. */
  boolean keepsRecord();

  /**
   * Entries of the record, of the network's type; 0 if there is none.
   *
   * @param x input of the pass; only shape and type are read
   */
  long recordLength(INDArray x);

  /** Whether gradient and tangent read the input of the forward pass. */
  boolean readsInput();

  /**
   * {@code y := pooled x}.
   *
   * @param x {@code [N, H, W, C]}
   * @param y receives the output
   * @param keptRecord receives what the gradient reads; null if no gradient will be asked for
   * @param pool lends scratch memory
   */
  void forward(INDArray x, INDArray y, INDArray keptRecord, ArrayPool pool);

  /**
   * Directional derivative of {@link #forward}. Of several equal maxima in a window the first one
   * counts, row by row.
   *
   * @param x the input of the forward pass; null unless {@link #readsInput}
   * @param dx tangent of the input
   * @param dy receives the tangent of the output
   * @param pool lends scratch memory
   */
  void pushforward(INDArray x, INDArray dx, INDArray dy, ArrayPool pool);

  /**
   * Gradient of {@link #forward}. Of several equal maxima in a window the first one counts, row by
   * row.
   *
   * @param x the input of the forward pass; null unless {@link #readsInput}
   * @param keptRecord what the forward pass left; null if it leaves none
   * @param dy gradient of the output
   * @param dx receives the gradient of the input
   * @param pool lends scratch memory
   */
  void backward(INDArray x, INDArray keptRecord, INDArray dy, INDArray dx, ArrayPool pool);
}
