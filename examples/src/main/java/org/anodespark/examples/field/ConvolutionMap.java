/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.field;

import org.anodespark.odelayers.kernel.ConvolutionGeometry;
import org.anodespark.odelayers.kernel.KernelBackend;
import org.anodespark.odelayers.kernel.LinearKernel;
import org.anodespark.odelayers.kernel.LinearKernel.ParameterSlices;
import org.anodespark.odelayers.kernel.Nonlinearity;
import org.anodespark.odelayers.kernel.Weights;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A convolution (cross-correlation) of images {@code [N, H, W, C]} that keeps their size. */
public final class ConvolutionMap implements LinearMap {
  private final INDArray kernel;
  private final LinearKernel convolution;

  /**
   * @param kernel {@code [C, C, k, k]}, k odd, copied; the image is padded with zeros
   */
  public ConvolutionMap(INDArray kernel) {
    this.kernel = kernel.dup('c');
    int size = (int) kernel.size(2);
    int padding = size / 2;
    this.convolution =
        KernelBackend.kernels(kernel.dataType())
            .convolution(
                new ConvolutionGeometry(size, size, 1, 1, padding, padding, 1, 1, 1, false),
                Nonlinearity.IDENTITY);
  }

  @Override
  public INDArray weights() {
    return kernel.reshape(kernel.length());
  }

  @Override
  public void apply(INDArray x, INDArray out) {
    ArrayPool pool = ArrayPool.ofCurrentThread(kernel.dataType());
    try (Weights weights = new Weights(kernel, pool)) {
      convolution.forward(x, weights, null, out, pool);
    }
  }

  @Override
  public void pullback(INDArray x, INDArray cotangent, INDArray out, INDArray weightGradient) {
    ArrayPool pool = ArrayPool.ofCurrentThread(kernel.dataType());
    try (Weights weights = new Weights(kernel, pool)) {
      convolution.backward(
          x,
          weights,
          null,
          cotangent,
          out,
          new ParameterSlices(weightGradient.reshape('c', kernel.shape()), null),
          pool);
    }
  }
}
