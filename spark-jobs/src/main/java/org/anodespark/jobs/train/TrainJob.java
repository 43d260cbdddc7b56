/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import org.anodespark.jobs.checkpoint.CheckpointStore;
import org.anodespark.jobs.config.AveragingSettings;
import org.anodespark.jobs.config.Settings;
import org.anodespark.jobs.data.RawImage;
import org.anodespark.jobs.evaluate.Classification;
import org.anodespark.jobs.evaluate.EvaluationFiles;
import org.anodespark.jobs.evaluate.EvaluationReport;
import org.anodespark.jobs.evaluate.MistakeImages;
import org.anodespark.jobs.executor.ArrayLimit;
import org.anodespark.jobs.executor.NativeMemory;
import org.anodespark.jobs.executor.TaskMemory;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.job.Job;
import org.anodespark.jobs.job.JobContext;
import org.anodespark.jobs.model.ModelDescription;
import org.anodespark.jobs.plan.AveragingFrequency;
import org.anodespark.jobs.plan.TrainingPlan;
import org.anodespark.jobs.report.ReportPage;
import org.anodespark.jobs.run.ConfigHash;
import org.anodespark.jobs.run.MetricsLog;
import org.anodespark.jobs.run.Models;
import org.anodespark.jobs.run.RunRecorder;
import org.anodespark.jobs.run.Versions;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job {@code train}. Data and settings are checked before anything is written, so what they get
 * wrong (exit code 2) leaves no run directory behind.
 */
public final class TrainJob implements Job {
  private static final Logger LOG = LoggerFactory.getLogger(TrainJob.class);

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
    TrainingData data = open.apply(context);
    Settings settings = context.settings();
    AveragingSettings averaging = settings.averaging();
    TrainingPlan plan =
        new TrainingPlan(
            settings.seed(),
            data.trainExamples(),
            settings.train().epochs(),
            settings.train().batchSize(),
            averaging.workers(),
            new AveragingFrequency(
                averaging.frequency(), averaging.warmUpEpochs(), averaging.warmUpFrequency()));
    requireFeasible(settings, data, plan);
    DoubleFunction<ComputationGraph> scaledNetworks = scale -> network(settings, data, plan, scale);
    ComputationGraph network = scaledNetworks.apply(1);
    Optional<NativeMemory> memory = TrainingMemory.requireEnough(context, data, plan, network);
    // not the network itself, whose memory the training would hold to its end
    long parameters = network.numParams();
    try (StopSignal stop = StopSignal.listening()) {
      RunRecorder.recordOrContinue(
          context,
          recorder ->
              train(context, recorder, data, plan, scaledNetworks, parameters, memory, stop));
    }
  }

  private static void requireFeasible(Settings settings, TrainingData data, TrainingPlan plan) {
    if (plan.batchSize() > data.trainExamples()) {
      throw JobFailure.badConfiguration(
          "train.batch-size is %d, but the data set %s in data.path %s has %d train images: expected at most as many."
              .formatted(
                  plan.batchSize(),
                  data.facts().name(),
                  settings.data().path(),
                  data.trainExamples()));
    }
    int iterations = plan.epoch(1).iterations();
    if ((long) iterations * plan.epochs() > Integer.MAX_VALUE) {
      throw JobFailure.badConfiguration(
          "train.epochs is %d, which are %d iterations each: expected at most %d iterations in all; set train.epochs to %d or lower."
              .formatted(
                  plan.epochs(), iterations, Integer.MAX_VALUE, Integer.MAX_VALUE / iterations));
    }
  }

  private ComputationGraph network(
      Settings settings, TrainingData data, TrainingPlan plan, double learningRateScale) {
    ComputationGraph network =
        new ComputationGraph(
            networks.create(
                settings.model(),
                data.images(),
                Optimizers.of(settings.optimizer(), plan, learningRateScale),
                settings.seed()));
    network.init();
    return network;
  }

  private void train(
      JobContext context,
      RunRecorder recorder,
      TrainingData data,
      TrainingPlan plan,
      DoubleFunction<ComputationGraph> scaledNetworks,
      long parameters,
      Optional<NativeMemory> memory,
      StopSignal stop) {
    Settings settings = context.settings();
    JavaSparkContext spark = context.spark().get();
    OuterOptimizer outer =
        new OuterOptimizer(
            settings.averaging().outerMomentum(), settings.averaging().outerLearningRate());
    ModelDescription description =
        new ModelDescription(data.facts().name(), ConfigHash.of(settings), data.examples());
    TrainingCheckpoints checkpoints =
        new TrainingCheckpoints(
            new CheckpointStore(recorder.directory(), settings.checkpoint().keep()),
            scaledNetworks,
            outer,
            description);
    SparkTrainingWork work =
        SparkTrainingWork.of(
            spark,
            settings,
            data,
            statistics,
            memory.map(NativeMemory::ofTasks).orElse(TaskMemory.UNLIMITED),
            outer);
    stop.cancels(work::cancel);
    Progress progress = new Progress(context.out(), context.terminal(), plan, System::nanoTime);
    Trainer trainer =
        new Trainer(
            plan,
            work,
            checkpoints,
            TrainingPolicies.of(settings),
            stop,
            List.of(
                new MetricsWriter(new MetricsLog(recorder.directory())),
                new TensorBoardWriter(recorder.directory(), Clock.systemUTC()),
                new MetricsPublisher(),
                new AveragingAdvice(plan, LOG::warn),
                progress));
    TrainingRecord record =
        new TrainingRecord(
            data.facts(),
            parameters,
            memory.map(NativeMemory::needMebibytes).orElse(null),
            Versions.of(spark.version()));
    recorder.details(() -> record.summary(trainer.state()));
    ReportPage.atTheEndOf(recorder);
    TrainingCheckpoints.Restored end;
    try {
      memory.ifPresent(NativeMemory::limitDriver);
      end = trainer.train();
    } finally {
      ArrayLimit.set(ArrayLimit.NONE);
    }
    Models models = new Models(recorder.directory(), description);
    models.write(end.network());
    BestEpoch best = end.state().best();
    models.writeBest(
        best.epoch() == end.state().epochsDone()
            ? end.network()
            : checkpoints.network(best.checkpoint()));
    Classification classification = work.classification(end.network());
    Map<Integer, RawImage> mistakes = MistakeImages.read(spark, data.testImages(), classification);
    EvaluationFiles.write(
        recorder.directory(),
        EvaluationReport.of(
            classification, data.examples().classes(), settings.evaluate().topK(), mistakes),
        mistakes);
    progress.finished(record.summary(end.state()), recorder.directory().location());
  }
}
