/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.Optional;
import org.anodespark.jobs.config.Settings;
import org.anodespark.jobs.config.SparkMaster;
import org.anodespark.jobs.config.SparkSettings;
import org.anodespark.jobs.executor.ArrayLimit;
import org.anodespark.jobs.executor.TaskMemory;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.job.JobContext;
import org.anodespark.jobs.plan.TrainingPlan;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.footprint.NetworkFootprint;
import org.anodespark.odelayers.memory.ArrayPool;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.DataSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a training needs of native memory, beside what {@code spark.native-mebibytes} gives it.
 *
 * <p>An executor has one worker at a time. Where the driver does the executors' work, its process
 * has as many at a time as there are threads for their tasks, and the memory of all executors.
 */
final class NativeMemory {
  private static final long BYTES_PER_MEBIBYTE = 1L << 20;
  private static final Logger LOG = LoggerFactory.getLogger(NativeMemory.class);

  private final NativeMemoryNeed need;
  private final Settings settings;
  private final boolean worksInDriver;
  private final int workersAtOnce;
  private final long trainingNeed;
  private final long trainingLimit;

  NativeMemory(NativeMemoryNeed need, Settings settings, SparkMaster master) {
    this.need = need;
    this.settings = settings;
    SparkSettings spark = settings.spark();
    worksInDriver = master.worksInDriver();
    workersAtOnce = worksInDriver ? Math.max(1, master.threads() / spark.coresPerExecutor()) : 1;
    trainingNeed =
        workersAtOnce * (need.arrays() + need.workspaces())
            + need.process()
            + (worksInDriver ? need.driver() : 0);
    trainingLimit = spark.driverNativeMebibytes(master) * BYTES_PER_MEBIBYTE;
  }

  /**
   * Computes the need, from a rehearsal with the first examples of the training split.
   *
   * @param network the driver's, which stays as it is
   * @return empty if the network cannot be rehearsed since a solve runs away
   * @throws JobFailure if the examples cannot be loaded
   */
  static Optional<NativeMemory> foresee(
      JobContext context, TrainingData data, TrainingPlan plan, ComputationGraph network) {
    try {
      NetworkFootprint footprint =
          NetworkFootprint.measure(network, examples -> data.first(examples).toMultiDataSet());
      NativeMemory memory =
          new NativeMemory(
              NativeMemoryNeed.of(
                  footprint,
                  bytes(data.first(1)),
                  plan,
                  data.testExamples(),
                  context.settings().evaluate().batchSize()),
              context.settings(),
              context.master());
      LOG.info("Native memory: {} MiB needed", memory.needMebibytes());
      return Optional.of(memory);
    } catch (OdeSolveException e) {
      LOG.warn("How much native memory is needed is not known: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /** What a process that trains needs, in MiB, rounded up. */
  long needMebibytes() {
    return mebibytes(trainingNeed, 1);
  }

  /**
   * Compares what is needed with what there is.
   *
   * @throws JobFailure with exit code 2 if the setting is below the need
   */
  void requireEnough() {
    SparkSettings spark = settings.spark();
    int shares = worksInDriver ? spark.executors() : 1;
    require(
        mebibytes(trainingNeed, shares),
        "%s train.batch-size = %d, evaluate.batch-size = %d and model.block.adjoint = %s"
            .formatted(
                worksInDriver
                    ? "the driver needs for its workers (%d at once) with spark.executors = %d,"
                        .formatted(workersAtOnce, shares)
                    : "an executor needs with",
                settings.train().batchSize(),
                settings.evaluate().batchSize(),
                settings.model().block().adjoint()),
        "a batch size lower, or an adjoint that keeps less");
    if (!worksInDriver) {
      require(
          mebibytes(need.driver(), 1),
          "the driver needs to average the parameters of averaging.workers = %d"
              .formatted(settings.averaging().workers()),
          "averaging.workers lower");
    }
  }

  /** What tasks are held to. */
  TaskMemory ofTasks() {
    return new TaskMemory(trainingArrayBytes());
  }

  /** Limits the arrays in this process, the driver. */
  void limitDriver() {
    ArrayLimit.set(worksInDriver ? trainingArrayBytes() : trainingLimit);
  }

  private void require(long mebibytes, String whoNeedsThem, String otherwise) {
    int set = settings.spark().nativeMebibytes();
    if (set < mebibytes) {
      throw JobFailure.badConfiguration(
          "spark.native-mebibytes is %d: expected at least %d, which %s; set it to that, or %s."
              .formatted(set, mebibytes, whoNeedsThem, otherwise));
    }
  }

  /** DL4J's workspaces are not counted with the arrays, so their share is taken off. */
  private long trainingArrayBytes() {
    return trainingLimit - workersAtOnce * need.workspaces();
  }

  private static long bytes(DataSet examples) {
    return ArrayPool.bytes(examples.getFeatures()) + ArrayPool.bytes(examples.getLabels());
  }

  /** Rounded up. */
  private static long mebibytes(long bytes, int shares) {
    return (long) Math.ceil((double) bytes / shares / BYTES_PER_MEBIBYTE);
  }
}
