/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import org.anodespark.odelayers.memory.ArrayPool;
import org.deeplearning4j.nn.api.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A DL4J layer that can also work on buffers of its caller and keeps nothing between calls, so that
 * any number of its evaluations can be alive at once. An ODE block runs such layers without copies.
 */
public interface BufferedLayer extends Layer {
  /** Shape of the output for an input of the given shape. */
  long[] outputShape(long[] inputShape);

  /**
   * Shape of the small array in which a training pass leaves what backward reads; empty if none.
   *
   * @param x input of that pass; only shape and type are read
   */
  long[] statisticsShape(INDArray x);

  /** Whether derivatives read the input of the forward pass. */
  boolean readsInput();

  /** Whether derivatives read the output of the forward pass. */
  boolean readsOutput();

  /** Whether forward passes in training leave statistics. */
  boolean hasStatistics();

  /**
   * Readies the layer for passes with its parameters as they are now.
   *
   * @param pool lends scratch memory, and what the parameters are copied to
   */
  LayerPasses passes(ArrayPool pool);
}
