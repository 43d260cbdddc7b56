/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.nd4j;

import org.anodespark.odelayers.kernel.BatchNormKernel;
import org.anodespark.odelayers.kernel.ConversionKernel;
import org.anodespark.odelayers.kernel.ConvolutionGeometry;
import org.anodespark.odelayers.kernel.GroupNormKernel;
import org.anodespark.odelayers.kernel.Kernels;
import org.anodespark.odelayers.kernel.LinearKernel;
import org.anodespark.odelayers.kernel.Nonlinearity;
import org.anodespark.odelayers.kernel.NonlinearityKernel;
import org.anodespark.odelayers.kernel.PoolingFunction;
import org.anodespark.odelayers.kernel.PoolingGeometry;
import org.anodespark.odelayers.kernel.PoolingKernel;
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
  public LinearKernel convolution(ConvolutionGeometry geometry, Nonlinearity follower) {
    return new Nd4jConvolution(geometry, follower);
  }

  @Override
  public LinearKernel dense(Nonlinearity follower) {
    return new Nd4jDense(follower);
  }

  @Override
  public NonlinearityKernel nonlinearity(Nonlinearity function) {
    return new Nd4jNonlinearity(function);
  }

  @Override
  public PoolingKernel pooling(PoolingGeometry geometry, PoolingFunction function) {
    return new Nd4jPooling(geometry, function);
  }

  @Override
  public BatchNormKernel batchNorm(double epsilon, boolean rectified) {
    return new Nd4jBatchNorm(epsilon, rectified);
  }

  @Override
  public GroupNormKernel groupNorm(int groups, double epsilon, boolean rectified) {
    return new Nd4jGroupNorm(groups, epsilon, rectified);
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
