/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.onednn;

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
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;

/**
 * Kernels by oneDNN, called on ND4J's own memory: float32 and bfloat16 on x86-64 processors. oneDNN
 * chooses its code by the processor that it finds at run time.
 */
public final class OneDnnKernels implements Kernels {
  private final String name;

  /**
   * Loads the library.
   *
   * @throws LinkageError if it cannot be loaded on this machine
   */
  public OneDnnKernels() {
    Loader.load(dnnl.class);
    name = OneDnn.version();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean takesBfloat16() {
    return true;
  }

  @Override
  public LinearKernel convolution(ConvolutionGeometry geometry, Nonlinearity follower) {
    return new OneDnnConvolution(geometry, follower);
  }

  @Override
  public LinearKernel dense(Nonlinearity follower) {
    return new OneDnnDense(follower);
  }

  @Override
  public NonlinearityKernel nonlinearity(Nonlinearity function) {
    return new OneDnnNonlinearity(function);
  }

  @Override
  public PoolingKernel pooling(PoolingGeometry geometry, PoolingFunction function) {
    return new OneDnnPooling(geometry, function);
  }

  @Override
  public BatchNormKernel batchNorm(double epsilon, boolean rectified) {
    return new OneDnnBatchNorm(epsilon, rectified);
  }

  @Override
  public GroupNormKernel groupNorm(int groups, double epsilon, boolean rectified) {
    return new OneDnnGroupNorm(groups, epsilon, rectified);
  }

  @Override
  public SumKernel sums() {
    return new OneDnnSums();
  }

  @Override
  public ConversionKernel conversion() {
    return new OneDnnConversion();
  }
}
