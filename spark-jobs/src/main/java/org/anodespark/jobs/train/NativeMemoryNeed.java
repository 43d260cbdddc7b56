/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import static java.util.stream.Collectors.toSet;

import org.anodespark.jobs.plan.Minibatch;
import org.anodespark.jobs.plan.TrainingPlan;
import org.anodespark.odelayers.footprint.Footprint;
import org.anodespark.odelayers.footprint.NetworkFootprint;

/**
 * The native memory that a training takes, in bytes.
 *
 * <p>A task trains or evaluates. Its pooled arrays stay for each size of a minibatch that it has,
 * so the last, shorter one of an epoch takes its own. Shards in the cache of the loader are on the
 * Java heap.
 *
 * @param arrays of the task that has most of them: its network, pooled arrays and minibatches
 * @param workspaces of DL4J, of the task that has most of them
 * @param process what the tasks of one process share: parameters as they were sent
 * @param driver of the driver's network, and of averaging what the workers send
 */
record NativeMemoryNeed(long arrays, long workspaces, long process, long driver) {
  /** One that is used, one that is loaded ahead, and one before them that is not collected yet. */
  private static final long MINIBATCHES = 3;

  /**
   * The driver's own, and sum, term and result of an average, the first two in double precision.
   */
  private static final int COPIES_IN_DRIVER = 6;

  /** Constants and small arrays of ND4J and DL4J. */
  private static final long RESERVE = 8L << 20;

  /**
   * Adds up.
   *
   * @param footprint of the network that is trained
   * @param exampleBytes of the arrays of one example in a minibatch
   * @param testExamples size of the test split
   * @param evaluationBatchSize examples in a minibatch of an evaluation
   */
  static NativeMemoryNeed of(
      NetworkFootprint footprint,
      long exampleBytes,
      TrainingPlan plan,
      int testExamples,
      int evaluationBatchSize) {
    int trainBatch = Math.min(plan.batchSize(), plan.examples());
    int testBatch = Math.min(evaluationBatchSize, testExamples);
    Footprint training = footprint.training(trainBatch);
    Footprint prediction = footprint.prediction(testBatch);
    long sent = training.parameters() + training.updaterState();
    long trainingArrays =
        sent
            + training.gradients()
            + pooledOfLargestShare(plan, footprint)
            + MINIBATCHES * trainBatch * exampleBytes;
    int rest = testExamples % testBatch;
    long predictionArrays =
        prediction.parameters()
            + pooled(prediction)
            + (rest == 0 ? 0 : pooled(footprint.prediction(rest)))
            + MINIBATCHES * testBatch * exampleBytes;
    return new NativeMemoryNeed(
        Math.max(trainingArrays, predictionArrays),
        Math.max(training.workspaces(), prediction.workspaces()),
        sent + RESERVE,
        (plan.workers() + COPIES_IN_DRIVER) * sent + training.gradients() + RESERVE);
  }

  /** All epochs have shares of the same sizes. */
  private static long pooledOfLargestShare(TrainingPlan plan, NetworkFootprint footprint) {
    return plan.epoch(1).rounds().stream()
        .flatMap(round -> round.shares().stream())
        .map(share -> share.minibatches().stream().map(Minibatch::size).collect(toSet()))
        .distinct()
        .mapToLong(
            sizes -> sizes.stream().mapToLong(size -> pooled(footprint.training(size))).sum())
        .max()
        .orElseThrow();
  }

  private static long pooled(Footprint footprint) {
    return footprint.buffers() + footprint.scratch();
  }
}
