/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.anodespark.jobs.executor.NativeMemory;
import org.anodespark.jobs.executor.TaskMemory;
import org.anodespark.jobs.job.JobContext;
import org.anodespark.jobs.plan.TrainingPlan;
import org.anodespark.jobs.run.RunRecorder;
import org.anodespark.jobs.run.Versions;
import org.apache.spark.api.java.JavaSparkContext;

/** What the job {@code train} does: a training whose rounds are done by the executors. */
public final class DistributedTraining {
  private final JobContext context;
  private final TrainingData data;
  private final SolveStatisticsReader statistics;
  private final TrainingLabel label;
  private final Training training;

  DistributedTraining(
      JobContext context,
      TrainingData data,
      NetworkFactory networks,
      SolveStatisticsReader statistics,
      TrainingLabel label) {
    this.context = context;
    this.data = data;
    this.statistics = statistics;
    this.label = label;
    this.training =
        Training.prepare(
            context.settings(),
            data,
            networks,
            need -> new NativeMemory(need, context.settings().spark(), context.master()));
  }

  /**
   * Trains, or goes on from the latest checkpoint in {@code run.dir}.
   *
   * @param name of the training, which tells its jobs from those of others
   * @param context its settings are those of a job {@code train}
   * @param networks builds the network to train
   * @param statistics reads what it counted
   * @param pauseAfter the epoch after which to pause, if the training is not over by then
   * @param stop whether to end, asked between two rounds
   * @return what came of it; solves in evaluations are not counted
   * @throws org.anodespark.jobs.failure.JobFailure as the job {@code train} does
   */
  public static Map<String, Double> run(
      String name,
      JobContext context,
      NetworkFactory networks,
      SolveStatisticsReader statistics,
      int pauseAfter,
      BooleanSupplier stop) {
    TrainingData data =
        ShardedTrainingData.open(context.settings(), context.hadoop(), context.out()::println);
    DistributedTraining training =
        new DistributedTraining(context, data, networks, statistics, new TrainingLabel(name));
    AtomicReference<TrainingEnd> ended = new AtomicReference<>();
    RunRecorder.recordOrContinue(
        context,
        recorder -> ended.set(training.run(recorder, pauseAfter, stop, cancel -> {}, List.of())));
    return TrainingMeasures.of(ended.get());
  }

  /** What is trained when. */
  TrainingPlan plan() {
    return training.plan();
  }

  /** Limits the arrays in this process, the driver, if it does nothing but this training. */
  void limitDriver() {
    training.memory().ifPresent(NativeMemory::limitDriver);
  }

  /**
   * Trains.
   *
   * @param recorder of the run
   * @param pauseAfter the epoch after which to pause, if the training is not over by then
   * @param stop whether to end, asked between two rounds
   * @param cancels is given what makes the round in progress fail
   * @param observers are told how it goes, beside the files of the run and Spark's metrics
   */
  TrainingEnd run(
      RunRecorder recorder,
      int pauseAfter,
      BooleanSupplier stop,
      Consumer<Runnable> cancels,
      List<TrainingObserver> observers) {
    JavaSparkContext spark = context.spark().get();
    OuterOptimizer outer = training.newOuterOptimizer();
    SparkTrainingEngine engine =
        SparkTrainingEngine.of(
            spark,
            label,
            context.settings(),
            data,
            statistics,
            training.memory().map(NativeMemory::ofTasks).orElse(TaskMemory.UNLIMITED),
            outer);
    cancels.accept(engine::cancel);
    return training.run(
        recorder, engine, outer, Versions.of(spark.version()), pauseAfter, stop, observers);
  }
}
