/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel;

import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Two-dimensional convolution and its gradients, with an optional nonlinearity behind it, on
 * buffers of the caller.
 *
 * <p>Layouts: images {@code [N, H, W, C]}; weights {@code [C_out, C_in / groups, kH, kW]}, as
 * DL4J's {@code ConvolutionLayer} keeps them; bias {@code [C_out]}. Weights, bias and their
 * gradients have the network's type. The type of {@code x} is the type in which products are
 * formed; {@code y}, {@code dy} and {@code dx} may have another one than {@code x}. Sums are
 * float32 at least.
 */
public interface ConvolutionKernel {
  /**
   * {@code y := follower(x * weights + bias)}.
   *
   * @param x {@code [N, H, W, C_in]}
   * @param weights {@code [C_out, C_in / groups, kH, kW]}
   * @param bias {@code [C_out]}, or null for none
   * @param y {@code [N, H_out, W_out, C_out]}, overwritten
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
   * @param dy gradient of the output, {@code [N, H_out, W_out, C_out]}; destroyed
   * @param dx receives the gradient of the input, {@code [N, H, W, C_in]}; not {@code dy}
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
   * @param weights {@code [C_out, C_in / groups, kH, kW]}
   * @param bias {@code [C_out]}, or null if there is none
   */
  record ParameterSlices(INDArray weights, INDArray bias) {}
}
