/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.nd4j;

import org.anodespark.odelayers.kernel.BatchNormKernel;
import org.anodespark.odelayers.kernel.ConversionKernel;
import org.anodespark.odelayers.kernel.ConvolutionGeometry;
import org.anodespark.odelayers.kernel.ConvolutionKernel;
import org.anodespark.odelayers.kernel.Kernels;
import org.anodespark.odelayers.kernel.Nonlinearity;
import org.anodespark.odelayers.kernel.SumKernel;

/** Kernels of ND4J's operations: any backend of ND4J, float32 and double precision. */
public final class Nd4jKernels implements Kernels {
  @Override
  public String name() {
    return "ND4J";
  }

  @Override
  public boolean takesBfloat16() {
    return false;
  }

  @Override
  public ConvolutionKernel convolution(ConvolutionGeometry geometry, Nonlinearity follower) {
    return new Nd4jConvolution(geometry, follower);
  }

  @Override
  public BatchNormKernel batchNorm(double epsilon, boolean rectified) {
    return new Nd4jBatchNorm(epsilon, rectified);
  }

  @Override
  public SumKernel sums() {
    return new Nd4jSums();
  }

  @Override
  public ConversionKernel conversion() {
    return (from, to) -> to.assign(from);
  }
}
