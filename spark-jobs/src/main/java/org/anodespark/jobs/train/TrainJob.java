/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.anodespark.jobs.config.Settings;
import org.anodespark.jobs.evaluate.Evaluator;
import org.anodespark.jobs.executor.ArrayLimit;
import org.anodespark.jobs.executor.TaskMemory;
import org.anodespark.jobs.job.Job;
import org.anodespark.jobs.job.JobContext;
import org.anodespark.jobs.model.ModelDescription;
import org.anodespark.jobs.plan.TrainingPlan;
import org.anodespark.jobs.run.Checkpoints;
import org.anodespark.jobs.run.ConfigHash;
import org.anodespark.jobs.run.MetricsLog;
import org.anodespark.jobs.run.RunRecorder;
import org.anodespark.jobs.run.Versions;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * The job {@code train}. Data and settings are checked before anything is written, so what they get
 * wrong (exit code 2) leaves no run directory behind.
 */
public final class TrainJob implements Job {
  private final NetworkFactory networks;
  private final SolveStatisticsReader statistics;
  private final Function<JobContext, TrainingData> open;

  /**
   * Makes the job.
   *
   * @param networks builds the network to train
   * @param statistics reads what it counted
   */
  public TrainJob(NetworkFactory networks, SolveStatisticsReader statistics) {
    this(networks, statistics, ShardedTrainingData::open);
  }

  /**
   * Makes the job for other data.
   *
   * @param open finds the data that the settings name
   */
  TrainJob(
      NetworkFactory networks,
      SolveStatisticsReader statistics,
      Function<JobContext, TrainingData> open) {
    this.networks = networks;
    this.statistics = statistics;
    this.open = open;
  }

  @Override
  public void run(JobContext context) {
    Settings settings = context.settings();
    TrainingData data = open.apply(context);
    TrainingPlan plan =
        new TrainingPlan(
            settings.seed(),
            data.trainExamples(),
            settings.train().epochs(),
            settings.train().batchSize(),
            settings.averaging().workers(),
            settings.averaging().frequency());
    ComputationGraphConfiguration configuration =
        networks.create(
            settings.model(),
            data.images(),
            Optimizers.of(settings.optimizer(), plan),
            settings.seed());
    ComputationGraph network = new ComputationGraph(configuration);
    network.init();
    Optional<NativeMemory> memory = NativeMemory.foresee(context, data, plan, network);
    memory.ifPresent(NativeMemory::requireEnough);
    RunRecorder.record(context, recorder -> train(context, recorder, data, plan, network, memory));
  }

  private void train(
      JobContext context,
      RunRecorder recorder,
      TrainingData data,
      TrainingPlan plan,
      ComputationGraph network,
      Optional<NativeMemory> memory) {
    JavaSparkContext spark = context.spark().get();
    Checkpoints checkpoints =
        new Checkpoints(
            recorder.directory(),
            new ModelDescription(
                data.facts().name(), ConfigHash.of(context.settings()), data.examples()));
    Progress progress = new Progress(context.out(), context.terminal(), plan, System::nanoTime);
    TrainingRecord record =
        new TrainingRecord(
            data.facts(),
            network.numParams(),
            memory.map(NativeMemory::needMebibytes).orElse(null),
            Versions.of(spark.version()));
    recorder.details(record::summary);
    TaskMemory taskMemory = memory.map(NativeMemory::ofTasks).orElse(TaskMemory.UNLIMITED);
    RoundRunner rounds =
        new RoundRunner(
            spark,
            network,
            data.loader(),
            data.trainEncoder(),
            statistics,
            taskMemory,
            plan.batchSize(),
            plan.seed());
    int evaluationBatchSize = context.settings().evaluate().batchSize();
    Evaluator evaluator =
        new Evaluator(
            spark,
            data.loader(),
            taskMemory,
            data.testDescriptors(evaluationBatchSize),
            data.testExamples());
    Trainer trainer =
        new Trainer(
            plan,
            network,
            rounds::run,
            evaluation -> evaluator.evaluate(network, evaluation).accuracy(),
            () -> spark.sc().isStopped(),
            checkpoints,
            List.of(record, new MetricsWriter(new MetricsLog(recorder.directory())), progress));
    try {
      memory.ifPresent(NativeMemory::limitDriver);
      trainer.train();
    } finally {
      ArrayLimit.set(ArrayLimit.NONE);
    }
    checkpoints.writeModel(network);
    progress.finished(record.summary(), recorder.directory().location());
  }
}
