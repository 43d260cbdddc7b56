/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel;

/**
 * The kernels of one backend. What two backends compute from the same numbers differs by rounding
 * only. Every kernel is for arrays that are C-ordered and contiguous, unless it says otherwise.
 */
public interface Kernels {
  /** Name and version of what does the arithmetic, for logs and records. */
  String name();

  /**
   * Whether arrays of {@link org.nd4j.linalg.api.buffer.DataType#BFLOAT16} can be given as images.
   */
  boolean takesBfloat16();

  /**
   * A two-dimensional convolution. Layouts: images {@code [N, H, W, C]}; weights {@code [C_out,
   * C_in / groups, kH, kW]}, as DL4J's {@code ConvolutionLayer} keeps them; bias {@code [C_out]}.
   *
   * @param geometry size and placement of the window
   * @param follower applied to the sum in the same pass
   * @throws IllegalArgumentException if it {@linkplain Nonlinearity#derivativeFromOutput cannot be}
   */
  LinearKernel convolution(ConvolutionGeometry geometry, Nonlinearity follower);

  /**
   * A matrix product. Layouts: rows {@code [N, C_in]} to rows {@code [N, C_out]}; weights {@code
   * [C_in, C_out]} with the inputs of one output side by side in memory ('f' order), as DL4J's
   * {@code DenseLayer} keeps them; bias {@code [C_out]}.
   *
   * @param follower applied to the sum in the same pass
   * @throws IllegalArgumentException if it {@linkplain Nonlinearity#derivativeFromOutput cannot be}
   */
  LinearKernel dense(Nonlinearity follower);

  /**
   * A function of single numbers, by itself.
   *
   * @param function applied to each number
   */
  NonlinearityKernel nonlinearity(Nonlinearity function);

  /**
   * Pooling, {@code [N, H, W, C]} to {@code [N, H_out, W_out, C]}.
   *
   * @param geometry size and placement of the window
   * @param function what becomes of the entries in a window
   */
  PoolingKernel pooling(PoolingGeometry geometry, PoolingFunction function);

  /** The average over each whole image, {@code [N, H, W, C]} to {@code [N, C]}. */
  default PoolingKernel globalAverage() {
    return new GlobalAverage(this);
  }

  /**
   * A batch normalisation.
   *
   * @param epsilon added to the variance, positive
   * @param rectified whether a ReLU follows in the same pass
   */
  BatchNormKernel batchNorm(double epsilon, boolean rectified);

  /**
   * A group normalisation.
   *
   * @param groups of neighbouring channels, at least 1, a divisor of their number
   * @param epsilon added to the variance, positive
   * @param rectified whether a ReLU follows in the same pass
   */
  GroupNormKernel groupNorm(int groups, double epsilon, boolean rectified);

  /** Sums of scaled arrays. */
  SumKernel sums();

  /** Copies between arrays of different type. */
  ConversionKernel conversion();
}
