/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import org.anodespark.odelayers.memory.ArrayPool;
import org.deeplearning4j.nn.api.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A DL4J layer that can also work on buffers of its caller and keeps nothing between calls, so that
 * any number of its evaluations can be alive at once. An ODE block runs such layers without copies.
 *
 * <p>All arrays are C-ordered and contiguous.
 */
public interface BufferedLayer extends Layer {
  /** Shape of the output for an input of the given shape. */
  long[] outputShape(long[] inputShape);

  /**
   * Shape of the small array in which a training pass leaves what backward reads; empty if none.
   */
  long[] statisticsShape();

  /** Whether {@link #backward} and {@link #pushforward} read the output of the forward pass. */
  boolean readsOutput();

  /**
   * {@code y := layer(x)}.
   *
   * @param x input, left as it is
   * @param y receives the output
   * @param statistics of {@link #statisticsShape}; null if that is empty or not training
   * @param training whether the pass belongs to training
   * @param pool lends scratch memory
   */
  void forward(INDArray x, INDArray y, INDArray statistics, boolean training, ArrayPool pool);

  /**
   * Directional derivative of a training pass: {@code dy := (dy/dx) dx}. What layers compute from
   * their input, such as batch statistics, is differentiated too.
   *
   * @param x the input of the forward pass, left as it is
   * @param y its output, left as it is; may be null unless {@link #readsOutput}
   * @param statistics what it left there, left as it is; null if {@link #statisticsShape} is empty
   * @param dx tangent of the input, left as it is
   * @param dy receives the tangent of the output; not {@code dx}
   * @param pool lends scratch memory
   */
  void pushforward(
      INDArray x, INDArray y, INDArray statistics, INDArray dx, INDArray dy, ArrayPool pool);

  /**
   * Gradients of a training pass; the layer's parameter gradients are OVERWRITTEN in its gradient
   * view.
   *
   * @param x the input of the forward pass, left as it is
   * @param y its output, left as it is; may be null unless {@link #readsOutput}
   * @param statistics what it left there, left as it is; null if {@link #statisticsShape} is empty
   * @param dy gradient of the output; destroyed
   * @param dx receives the gradient of the input; not {@code dy}
   * @param pool lends scratch memory
   */
  void backward(
      INDArray x, INDArray y, INDArray statistics, INDArray dy, INDArray dx, ArrayPool pool);
}
