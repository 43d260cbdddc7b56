/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel;

import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A linear function of the input with weights and a bias, and its gradients, with an optional
 * nonlinearity behind it, on buffers of the caller. Which function, and the shapes of its arrays,
 * say {@link Kernels#convolution} and {@link Kernels#dense}.
 *
 * <p>Weights, bias and their gradients have the network's type. The type of {@code x} is the type
 * in which products are formed; {@code y}, {@code dy} and {@code dx} may have another one than
 * {@code x}. Sums are float32 at least.
 */
public interface LinearKernel {
  /**
   * {@code y := follower(x * weights + bias)}.
   *
   * @param x the input
   * @param weights the weights
   * @param bias one number for each channel of the output, or one for each entry of one example of
   *     the output; null for none
   * @param y receives the output
   * @param pool lends scratch memory
   */
  void forward(INDArray x, Weights weights, INDArray bias, INDArray y, ArrayPool pool);

  /**
   * Directional derivative: {@code dy := follower'(y) (dx * weights)}.
   *
   * @param y the output of the forward pass; read only if a nonlinearity follows
   * @param dx tangent of the input
   * @param dy receives the tangent of the output; not {@code dx}
   * @param pool lends scratch memory
   */
  void pushforward(INDArray y, Weights weights, INDArray dx, INDArray dy, ArrayPool pool);

  /**
   * Gradients of {@link #forward}; every output is overwritten.
   *
   * @param x the input of the forward pass
   * @param weights the weights of the forward pass
   * @param y the output of the forward pass; read only if a nonlinearity follows
   * @param dy gradient of the output; destroyed
   * @param dx receives the gradient of the input; not {@code dy}
   * @param gradient receives the gradients of weights and bias; null if they are not wanted
   * @param pool lends scratch memory
   */
  void backward(
      INDArray x,
      Weights weights,
      INDArray y,
      INDArray dy,
      INDArray dx,
      ParameterSlices gradient,
      ArrayPool pool);

  /**
   * Where the gradients of the parameters go.
   *
   * @param weights shape and order in memory of the weights
   * @param bias as many numbers as the bias of the forward pass has, or null if there is none
   */
  record ParameterSlices(INDArray weights, INDArray bias) {}
}
