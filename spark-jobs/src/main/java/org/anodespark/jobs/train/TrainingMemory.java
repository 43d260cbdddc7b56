/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import static java.util.stream.Collectors.toSet;

import java.util.Optional;
import java.util.stream.LongStream;
import org.anodespark.jobs.config.AveragingSettings;
import org.anodespark.jobs.config.Settings;
import org.anodespark.jobs.executor.NativeMemory;
import org.anodespark.jobs.executor.NativeMemoryNeed;
import org.anodespark.jobs.plan.Minibatch;
import org.anodespark.jobs.plan.TrainingPlan;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.footprint.Footprint;
import org.anodespark.odelayers.footprint.NetworkFootprint;
import org.anodespark.odelayers.memory.ArrayPool;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.DataSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The native memory of a training, whose tasks train or evaluate, and whose driver averages. */
final class TrainingMemory {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingMemory.class);

  /** An array in double precision takes as much as two of floats. */
  private static final long DOUBLE = 2;

  /** Sum and term in double precision, and the result. */
  private static final long COPIES_IN_ORDERED_MERGE = 2 * DOUBLE + 1;

  /** Two that are added up, and theirs. */
  private static final long SUMS_IN_TREE = 3;

  /** Two sums that came from executors and theirs, in double precision, and the result. */
  private static final long COPIES_IN_TREE_MERGE = SUMS_IN_TREE * DOUBLE + 1;

  /** Of parameters: the difference, something in double precision beside it, and the result. */
  private static final long COPIES_IN_OUTER_STEP = 2 * DOUBLE + 1;

  private TrainingMemory() {}

  /**
   * Computes the need, from a rehearsal with the first examples of the training split.
   *
   * @param network the driver's, which stays as it is
   * @return empty if the network cannot be rehearsed since a solve runs away
   * @throws org.anodespark.jobs.failure.JobFailure if the examples cannot be loaded
   */
  static Optional<NativeMemoryNeed> need(
      Settings settings, TrainingData data, TrainingPlan plan, ComputationGraph network) {
    try {
      NetworkFootprint footprint =
          NetworkFootprint.measure(network, examples -> data.first(examples).toMultiDataSet());
      return Optional.of(
          need(
              footprint,
              bytes(data.first(1)),
              plan,
              data.testExamples(),
              settings.evaluate().batchSize(),
              settings.averaging()));
    } catch (OdeSolveException e) {
      LOG.warn("How much native memory is needed is not known: {}", e.getMessage());
      return Optional.empty();
    }
  }

  static NativeMemory.Advice ofTasks(Settings settings) {
    return new NativeMemory.Advice(
        "train.batch-size = %d, evaluate.batch-size = %d and model.block.adjoint = %s"
            .formatted(
                settings.train().batchSize(),
                settings.evaluate().batchSize(),
                settings.model().block().adjoint()),
        "a batch size lower, or an adjoint that keeps less");
  }

  static NativeMemory.Advice ofDriver(AveragingSettings averaging) {
    return new NativeMemory.Advice(
        "average the parameters of averaging.workers = %d with averaging.merge = %s"
            .formatted(averaging.workers(), averaging.merge()),
        isOrdered(averaging) ? "averaging.workers lower, or averaging.merge = tree" : "");
  }

  /**
   * Adds up.
   *
   * @param footprint of the network that is trained
   * @param exampleBytes of the arrays of one example in a minibatch
   * @param testExamples size of the test split
   * @param evaluationBatchSize examples in a minibatch of an evaluation
   * @param averaging how the driver averages
   */
  static NativeMemoryNeed need(
      NetworkFootprint footprint,
      long exampleBytes,
      TrainingPlan plan,
      int testExamples,
      int evaluationBatchSize,
      AveragingSettings averaging) {
    int trainBatch = Math.min(plan.batchSize(), plan.examples());
    Footprint training = footprint.training(trainBatch);
    long sent = training.parameters() + training.updaterState();
    // executors add up in double precision: each its own result, and one of them two others
    long sum = isOrdered(averaging) ? 0 : DOUBLE * sent;
    NativeMemoryNeed evaluation =
        NativeMemoryNeed.ofPrediction(
            footprint.prediction(),
            exampleBytes,
            testExamples,
            evaluationBatchSize,
            driver(training, plan.workers(), averaging));
    return new NativeMemoryNeed(
        LongStream.of(
                sent
                    + training.gradients()
                    + pooledOfLargestShare(plan, footprint)
                    + NativeMemoryNeed.MINIBATCHES * trainBatch * exampleBytes
                    + sum,
                SUMS_IN_TREE * sum,
                evaluation.arrays())
            .max()
            .getAsLong(),
        Math.max(training.workspaces(), evaluation.workspaces()),
        sent + evaluation.process(),
        evaluation.driver());
  }

  /**
   * The driver merges what workers send, then takes the outer step with what that came to; the
   * velocity is there all the time.
   */
  private static long driver(Footprint training, int workers, AveragingSettings averaging) {
    long parameters = training.parameters();
    long sent = parameters + training.updaterState();
    long merging =
        (isOrdered(averaging) ? workers + COPIES_IN_ORDERED_MERGE : COPIES_IN_TREE_MERGE) * sent;
    boolean plain =
        new OuterOptimizer(averaging.outerMomentum(), averaging.outerLearningRate())
            .isPlainAverage();
    // beside the average and a copy of what of it are running statistics
    long stepping = plain ? 0 : sent + parameters + outerStep(parameters);
    return sent
        + training.gradients()
        + (plain ? 0 : velocity(parameters))
        + Math.max(merging, stepping)
        + NativeMemoryNeed.RESERVE;
  }

  /** What the outer optimiser keeps between rounds. */
  static long velocity(long parameters) {
    return DOUBLE * parameters;
  }

  /** What the outer optimiser takes beside that while it takes a step. */
  static long outerStep(long parameters) {
    return COPIES_IN_OUTER_STEP * parameters;
  }

  private static boolean isOrdered(AveragingSettings averaging) {
    return averaging.merge().equals(AveragingSettings.ORDERED);
  }

  /** All epochs have shares of the same sizes. */
  private static long pooledOfLargestShare(TrainingPlan plan, NetworkFootprint footprint) {
    return plan.epoch(1).rounds().stream()
        .flatMap(round -> round.shares().stream())
        .map(share -> share.minibatches().stream().map(Minibatch::size).collect(toSet()))
        .distinct()
        .mapToLong(
            sizes ->
                sizes.stream()
                    .mapToLong(size -> NativeMemoryNeed.pooled(footprint.training(size)))
                    .sum())
        .max()
        .orElseThrow();
  }

  private static long bytes(DataSet examples) {
    return ArrayPool.bytes(examples.getFeatures()) + ArrayPool.bytes(examples.getLabels());
  }
}
