/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel;

import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Batch normalisation over all axes but the last, with an optional ReLU behind it, and its gradient
 * (Ioffe and Szegedy, 2015), on buffers of the caller.
 *
 * <p>{@code y = gamma * (x - mean) / sqrt(variance + epsilon) + beta}, then {@code max(y, 0)} if
 * rectified. Images {@code [N, H, W, C]} or rows {@code [N, C]}; parameters and statistics have C
 * numbers of the network's type, whatever the type of the images.
 *
 * <p>A training pass leaves the batch's mean and variance, and what else the gradient reads, in a
 * record of the caller's.
 */
public interface BatchNormKernel {
  /**
   * Entries of the record that a training pass leaves, at least 2 C.
   *
   * @param x input of the pass; only shape and type are read
   */
  long recordLength(INDArray x);

  /** Whether gradient and tangent read the output of the forward pass. */
  boolean readsOutput();

  /** The batch's mean, C numbers, with which every record begins. */
  default INDArray mean(INDArray keptRecord, long channels) {
    return keptRecord.get(NDArrayIndex.interval(0, channels));
  }

  /**
   * The batch's variance (divided by the number of values, not one less), C numbers behind the
   * mean.
   */
  default INDArray variance(INDArray keptRecord, long channels) {
    return keptRecord.get(NDArrayIndex.interval(channels, 2 * channels));
  }

  /**
   * Normalises by the statistics of this batch.
   *
   * @param x {@code [..., C]}
   * @param gamma scale
   * @param beta shift
   * @param y shape of {@code x}, overwritten
   * @param keptRecord receives statistics, and what else the gradient reads
   * @param pool lends scratch memory
   */
  void forwardTraining(
      INDArray x, INDArray gamma, INDArray beta, INDArray y, INDArray keptRecord, ArrayPool pool);

  /**
   * Normalises by given statistics.
   *
   * @param mean C numbers
   * @param variance C numbers, not negative
   * @param pool lends scratch memory
   */
  void forwardInference(
      INDArray x,
      INDArray gamma,
      INDArray beta,
      INDArray mean,
      INDArray variance,
      INDArray y,
      ArrayPool pool);

  /**
   * Directional derivative of {@link #forwardTraining}, batch statistics included.
   *
   * @param x the input of the forward pass
   * @param y the output of the forward pass; null unless {@link #readsOutput}
   * @param gamma scale
   * @param beta shift
   * @param keptRecord what the forward pass left
   * @param dx tangent of the input
   * @param dy receives the tangent of the output; not {@code dx}
   * @param pool lends scratch memory
   */
  void pushforward(
      INDArray x,
      INDArray y,
      INDArray gamma,
      INDArray beta,
      INDArray keptRecord,
      INDArray dx,
      INDArray dy,
      ArrayPool pool);

  /**
   * Gradients of {@link #forwardTraining}.
   *
   * @param x the input of the forward pass
   * @param y the output of the forward pass; null unless {@link #readsOutput}
   * @param gamma scale
   * @param keptRecord what the forward pass left
   * @param dy gradient of the output; destroyed
   * @param dx receives the gradient of the input; not {@code dy}
   * @param dGamma receives the gradient of the scale
   * @param dBeta receives the gradient of the shift
   * @param pool lends scratch memory
   */
  void backward(
      INDArray x,
      INDArray y,
      INDArray gamma,
      INDArray keptRecord,
      INDArray dy,
      INDArray dx,
      INDArray dGamma,
      INDArray dBeta,
      ArrayPool pool);
}
