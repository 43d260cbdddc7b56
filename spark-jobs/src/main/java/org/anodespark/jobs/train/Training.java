/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.anodespark.jobs.checkpoint.CheckpointStore;
import org.anodespark.jobs.config.AveragingSettings;
import org.anodespark.jobs.config.Settings;
import org.anodespark.jobs.data.RawImage;
import org.anodespark.jobs.evaluate.Classification;
import org.anodespark.jobs.evaluate.EvaluationFiles;
import org.anodespark.jobs.evaluate.EvaluationReport;
import org.anodespark.jobs.executor.NativeMemory;
import org.anodespark.jobs.executor.NativeMemoryNeed;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.model.ModelDescription;
import org.anodespark.jobs.plan.AveragingFrequency;
import org.anodespark.jobs.plan.TrainingPlan;
import org.anodespark.jobs.report.ReportPage;
import org.anodespark.jobs.run.ConfigHash;
import org.anodespark.jobs.run.JsonLinesFile;
import org.anodespark.jobs.run.Models;
import org.anodespark.jobs.run.RunDirectory;
import org.anodespark.jobs.run.RunRecorder;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A training that is checked and ready: its plan, its network and its data. What it is done by, be
 * it executors or a single thread, is a {@link TrainingEngine}.
 */
final class Training {
  private static final Logger LOG = LoggerFactory.getLogger(Training.class);

  private final Settings settings;
  private final TrainingData data;
  private final NetworkFactory networks;
  private final TrainingPlan plan;
  private final long parameters;
  private final Optional<NativeMemory> memory;

  private Training(
      Settings settings,
      TrainingData data,
      NetworkFactory networks,
      TrainingPlan plan,
      Function<NativeMemoryNeed, NativeMemory> budget) {
    this.settings = settings;
    this.data = data;
    this.networks = networks;
    this.plan = plan;
    // only for now: it would hold its memory to the end of the training
    ComputationGraph network = network(1);
    parameters = network.numParams();
    memory = TrainingMemory.need(settings, data, plan, network).map(budget);
  }

  /**
   * Looks whether the settings, the data, the network and the memory fit each other.
   *
   * @param budget of the processes that will train
   * @throws JobFailure with exit code 2 and the cause {@link UnfitSettings} if they do not
   */
  static Training prepare(
      Settings settings,
      TrainingData data,
      NetworkFactory networks,
      Function<NativeMemoryNeed, NativeMemory> budget) {
    try {
      return prepareOrRefuse(settings, data, networks, budget);
    } catch (JobFailure e) {
      throw UnfitSettings.marking(e);
    }
  }

  private static Training prepareOrRefuse(
      Settings settings,
      TrainingData data,
      NetworkFactory networks,
      Function<NativeMemoryNeed, NativeMemory> budget) {
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
    Training training = new Training(settings, data, networks, plan, budget);
    training.memory.ifPresent(
        memory -> {
          LOG.info("Native memory: {} MiB needed", memory.needMebibytes());
          memory.requireEnough(
              TrainingMemory.ofTasks(settings), TrainingMemory.ofDriver(averaging));
        });
    return training;
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

  /** The native memory that it needs; empty if that is not known. */
  Optional<NativeMemory> memory() {
    return memory;
  }

  /** What is trained when. */
  TrainingPlan plan() {
    return plan;
  }

  /** A new optimiser over the averages, as the settings ask for. */
  OuterOptimizer newOuterOptimizer() {
    return new OuterOptimizer(
        settings.averaging().outerMomentum(), settings.averaging().outerLearningRate());
  }

  private ComputationGraph network(double learningRateScale) {
    return networks.initialised(
        settings.model(),
        data.images(),
        Optimizers.of(settings.optimizer(), plan, learningRateScale),
        settings.seed());
  }

  /**
   * Trains, from the latest checkpoint if there is one, and writes what has come of it: the models
   * only at the end.
   *
   * @param recorder of the run
   * @param engine does the work
   * @param outer of the engine
   * @param versions names and versions of what is used
   * @param pauseAfter the epoch after which to pause, if the training is not over by then
   * @param stop whether to end, asked between two rounds
   * @param observers are told how it goes, beside the files of the run
   */
  TrainingEnd run(
      RunRecorder recorder,
      TrainingEngine engine,
      OuterOptimizer outer,
      Map<String, String> versions,
      int pauseAfter,
      BooleanSupplier stop,
      List<TrainingObserver> observers) {
    RunDirectory directory = recorder.directory();
    ModelDescription description =
        new ModelDescription(data.facts().name(), ConfigHash.of(settings), data.examples());
    TrainingCheckpoints checkpoints =
        new TrainingCheckpoints(
            new CheckpointStore(directory, settings.checkpoint().keep()),
            this::network,
            outer,
            description);
    List<TrainingObserver> all = new ArrayList<>();
    all.add(new MetricsWriter(JsonLinesFile.metrics(directory)));
    all.add(new TensorBoardWriter(directory, Clock.systemUTC()));
    all.addAll(observers);
    Trainer trainer =
        new Trainer(
            plan, engine, checkpoints, TrainingPolicies.of(settings), pauseAfter, stop, all);
    TrainingRecord record =
        new TrainingRecord(
            data.facts(),
            parameters,
            memory.map(NativeMemory::needMebibytes).orElse(null),
            versions);
    recorder.details(() -> record.summary(trainer.state()));
    ReportPage.atTheEndOf(recorder);
    TrainingCheckpoints.Restored end = trainer.train();
    if (trainer.isOver()) {
      writeModels(directory, description, checkpoints, end);
    }
    Classification classification = engine.classification(end.network());
    if (trainer.isOver()) {
      writeEvaluation(directory, engine, classification);
    } else {
      recorder.pause();
    }
    return new TrainingEnd(
        record.summary(end.state()),
        classification.topKAccuracy(settings.evaluate().topK()),
        end.state().tally().seconds());
  }

  private static void writeModels(
      RunDirectory directory,
      ModelDescription description,
      TrainingCheckpoints checkpoints,
      TrainingCheckpoints.Restored end) {
    Models models = new Models(directory, description);
    models.write(end.network());
    BestEpoch best = end.state().best();
    models.writeBest(
        best.epoch() == end.state().epochsDone()
            ? end.network()
            : checkpoints.network(best.checkpoint()));
  }

  private void writeEvaluation(
      RunDirectory directory, TrainingEngine engine, Classification classification) {
    Map<Integer, RawImage> mistakes = engine.mistakes(classification);
    EvaluationFiles.write(
        directory,
        EvaluationReport.of(
            classification, data.examples().classes(), settings.evaluate().topK(), mistakes),
        mistakes);
  }
}
