/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel;

import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Group normalisation with an optional ReLU behind it, and its gradient (Wu and He, "Group
 * Normalization", ECCV 2018), on buffers of the caller.
 *
 * <p>The channels are G groups of neighbours; mean and variance are those of one example's group,
 * over all its pixels: {@code y = gamma * (x - mean) / sqrt(variance + epsilon) + beta}, then
 * {@code max(y, 0)} if rectified. Images {@code [N, H, W, C]} or rows {@code [N, C]}; parameters
 * and statistics are of the network's type, whatever the type of the images. What an example
 * becomes depends on no other one, and not on whether the pass belongs to training.
 */
public interface GroupNormKernel {
  /**
   * Entries of the record that a forward pass leaves for the others.
   *
   * @param x input of the pass; only its shape is read
   */
  long recordLength(INDArray x);

  /** Whether gradient and tangent read the output of the forward pass. */
  boolean readsOutput();

  /**
   * Normalises.
   *
   * @param x {@code [..., C]}
   * @param gamma scale, C numbers
   * @param beta shift, C numbers
   * @param y shape of {@code x}, overwritten
   * @param keptRecord receives what the other passes read
   * @param pool lends scratch memory
   */
  void forward(
      INDArray x, INDArray gamma, INDArray beta, INDArray y, INDArray keptRecord, ArrayPool pool);

  /**
   * Directional derivative of {@link #forward}, that of the statistics included.
   *
   * @param x the input of the forward pass
   * @param y the output of the forward pass; null unless {@link #readsOutput}
   * @param gamma scale
   * @param keptRecord what the forward pass left
   * @param dx tangent of the input
   * @param dy receives the tangent of the output; not {@code dx}
   * @param pool lends scratch memory
   */
  void pushforward(
      INDArray x,
      INDArray y,
      INDArray gamma,
      INDArray keptRecord,
      INDArray dx,
      INDArray dy,
      ArrayPool pool);

  /**
   * Gradients of {@link #forward}.
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
