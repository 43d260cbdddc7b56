/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel;

/**
 * The kernels of one backend. What two backends compute from the same numbers differs by rounding
 * only. Every kernel is for arrays that are C-ordered and contiguous.
 */
public interface Kernels {
  /** Name and version of what does the arithmetic, for logs and records. */
  String name();

  /**
   * Whether arrays of {@link org.nd4j.linalg.api.buffer.DataType#BFLOAT16} can be given as images.
   */
  boolean takesBfloat16();

  /**
   * A convolution.
   *
   * @param geometry size and placement of the window
   * @param follower applied to the sum in the same pass
   */
  ConvolutionKernel convolution(ConvolutionGeometry geometry, Nonlinearity follower);

  /**
   * A batch normalisation.
   *
   * @param epsilon added to the variance, positive
   * @param rectified whether a ReLU follows in the same pass
   */
  BatchNormKernel batchNorm(double epsilon, boolean rectified);

  /** Sums of scaled arrays. */
  SumKernel sums();

  /** Copies between arrays of different type. */
  ConversionKernel conversion();
}
