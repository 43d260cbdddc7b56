/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.executor;

import org.anodespark.odelayers.footprint.Footprint;
import org.anodespark.odelayers.footprint.SizedFootprint;
import org.anodespark.odelayers.memory.ArrayPool;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The native memory that a job with a network takes, in bytes.
 *
 * <p>A task's pooled arrays stay for each size of a minibatch that it has, so a last, shorter one
 * takes its own. Shards in the cache of the loader are on the Java heap.
 *
 * @param arrays of the task that has most of them: its network, pooled arrays and minibatches
 * @param workspaces of DL4J, of the task that has most of them
 * @param process what the tasks of one process share
 * @param driver of the driver's network, and of what the driver computes itself
 */
public record NativeMemoryNeed(long arrays, long workspaces, long process, long driver) {
  /** One that is used, one that is loaded ahead, and one before them that is not collected yet. */
  public static final long MINIBATCHES = 3;

  /** Constants and small arrays of ND4J and DL4J. */
  public static final long RESERVE = 8L << 20;

  /**
   * Of a job whose tasks predict. What is sent to them is on the Java heap.
   *
   * @param footprint of the network when it predicts
   * @param exampleBytes of the arrays of one example in a minibatch
   * @param examples of all minibatches, at least 1
   * @param batchSize examples in a minibatch, at least 1
   * @param driver what the driver takes
   */
  public static NativeMemoryNeed ofPrediction(
      SizedFootprint footprint, long exampleBytes, int examples, int batchSize, long driver) {
    int batch = Math.min(batchSize, examples);
    Footprint prediction = footprint.at(batch);
    int rest = examples % batch;
    return new NativeMemoryNeed(
        prediction.parameters()
            + pooled(prediction)
            + (rest == 0 ? 0 : pooled(footprint.at(rest)))
            + MINIBATCHES * batch * exampleBytes,
        prediction.workspaces(),
        RESERVE,
        driver);
  }

  /**
   * What a driver takes that only keeps a network, as it came from a file, and writes a copy of
   * each of its arrays.
   */
  public static long ofDriverWith(ComputationGraph network) {
    INDArray state = network.getUpdater().getStateViewArray();
    return 2 * ArrayPool.bytes(network.params())
        + bytes(network.getFlattenedGradients())
        + bytes(state)
        + RESERVE;
  }

  private static long bytes(INDArray array) {
    return array == null ? 0 : ArrayPool.bytes(array);
  }

  /** What stays in the pools of a task. */
  public static long pooled(Footprint footprint) {
    return footprint.buffers() + footprint.scratch();
  }
}
