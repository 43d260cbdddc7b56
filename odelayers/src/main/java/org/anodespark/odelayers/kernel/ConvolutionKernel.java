/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel;

import java.util.Arrays;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Two-dimensional convolution and its two gradients by ND4J's operations {@code conv2d} and {@code
 * conv2d_bp}, on buffers of the caller.
 *
 * <p>Layouts: images {@code [N, H, W, C]}, C-ordered; weights {@code [C_out, C_in, kH, kW]}, as
 * DL4J's {@code ConvolutionLayer} keeps them, which is also the fastest of ND4J's three on a
 * processor.
 */
public final class ConvolutionKernel {
  private static final int CHANNELS_LAST = 1;
  private static final int WEIGHTS_OUT_IN_HEIGHT_WIDTH = 1;

  private final int[] arguments;

  public ConvolutionKernel(ConvolutionGeometry geometry) {
    arguments =
        new int[] {
          geometry.kernelHeight(),
          geometry.kernelWidth(),
          geometry.strideHeight(),
          geometry.strideWidth(),
          geometry.paddingHeight(),
          geometry.paddingWidth(),
          geometry.dilationHeight(),
          geometry.dilationWidth(),
          geometry.same() ? 1 : 0,
          CHANNELS_LAST,
          WEIGHTS_OUT_IN_HEIGHT_WIDTH
        };
  }

  /**
   * {@code y := x * weights + bias}.
   *
   * @param x {@code [N, H, W, C_in]}
   * @param weights {@code [C_out, C_in, kH, kW]}
   * @param bias {@code [C_out]}, or null for none
   * @param y {@code [N, H_out, W_out, C_out]}, overwritten
   */
  public void forward(INDArray x, INDArray weights, INDArray bias, INDArray y) {
    run("conv2d", inputs(x, weights, bias), y);
  }

  /**
   * All gradients of {@link #forward}; every output is overwritten.
   *
   * @param x the input of the forward pass
   * @param weights the weights of the forward pass
   * @param bias the bias of the forward pass, or null for none
   * @param dy gradient of the output, {@code [N, H_out, W_out, C_out]}
   * @param dx receives the gradient of the input, {@code [N, H, W, C_in]}
   * @param dWeights receives the gradient of the weights, {@code [C_out, C_in, kH, kW]}
   * @param dBias receives the gradient of the bias, {@code [C_out]}; null if there is no bias
   */
  public void backward(
      INDArray x,
      INDArray weights,
      INDArray bias,
      INDArray dy,
      INDArray dx,
      INDArray dWeights,
      INDArray dBias) {
    if (bias == null) {
      run("conv2d_bp", inputs(x, weights, dy), dx, dWeights);
    } else {
      run("conv2d_bp", inputs(x, weights, bias, dy), dx, dWeights, dBias);
    }
  }

  private static INDArray[] inputs(INDArray... arrays) {
    return Arrays.stream(arrays).filter(Objects::nonNull).toArray(INDArray[]::new);
  }

  private void run(String operation, INDArray[] inputs, INDArray... outputs) {
    Nd4j.exec(
        DynamicCustomOp.builder(operation)
            .addInputs(inputs)
            .addOutputs(outputs)
            .addIntegerArguments(arguments)
            .build());
  }
}
