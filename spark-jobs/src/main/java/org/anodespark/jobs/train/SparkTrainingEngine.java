/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.anodespark.jobs.config.AveragingSettings;
import org.anodespark.jobs.config.Settings;
import org.anodespark.jobs.data.RawImage;
import org.anodespark.jobs.data.RawImages;
import org.anodespark.jobs.evaluate.Classification;
import org.anodespark.jobs.evaluate.Evaluator;
import org.anodespark.jobs.evaluate.MistakeImages;
import org.anodespark.jobs.executor.SparkWork;
import org.anodespark.jobs.executor.TaskMemory;
import org.anodespark.jobs.plan.Round;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Rounds and evaluations on the executors of a Spark context. */
final class SparkTrainingEngine implements TrainingEngine {
  private final JavaSparkContext spark;
  private final TrainingLabel label;
  private final RoundRunner rounds;
  private final Evaluator test;
  private final Optional<Evaluator> validation;
  private final RawImages testImages;

  private Classification latest;

  private SparkTrainingEngine(
      JavaSparkContext spark,
      TrainingLabel label,
      RoundRunner rounds,
      Evaluator test,
      Optional<Evaluator> validation,
      RawImages testImages) {
    this.spark = spark;
    this.label = label;
    this.rounds = rounds;
    this.test = test;
    this.validation = validation;
    this.testImages = testImages;
  }

  /**
   * Does what the settings ask for.
   *
   * @param label of the training
   * @param memory of the tasks
   * @param outer takes a step with each round's average
   */
  static SparkTrainingEngine of(
      JavaSparkContext spark,
      TrainingLabel label,
      Settings settings,
      TrainingData data,
      SolveStatisticsReader statistics,
      TaskMemory memory,
      OuterOptimizer outer) {
    AveragingSettings averaging = settings.averaging();
    RoundRunner rounds =
        new RoundRunner(
            spark,
            label,
            data.loader(),
            data.trainEncoder(),
            statistics,
            memory,
            new RoundRunner.Averaging(
                averaging.merge().equals(AveragingSettings.TREE)
                    ? new TreeMerge()
                    : new OrderedMerge(),
                outer,
                averaging.limitMinutes()),
            settings.train().batchSize(),
            settings.seed());
    int batchSize = settings.evaluate().batchSize();
    Evaluator test =
        new Evaluator(
            spark,
            label.group(),
            data.loader(),
            memory,
            data.testDescriptors(batchSize),
            data.testExamples());
    Optional<Evaluator> validation =
        data.validationExamples() == 0
            ? Optional.empty()
            : Optional.of(
                new Evaluator(
                    spark,
                    label.group(),
                    data.loader(),
                    memory,
                    data.validationDescriptors(batchSize),
                    data.validationExamples()));
    return new SparkTrainingEngine(spark, label, rounds, test, validation, data.testImages());
  }

  /** Lets the round or the evaluation in progress, if there is one, fail. */
  void cancel() {
    spark.sc().cancelJobGroup(label.group());
  }

  @Override
  public RoundReport train(ComputationGraph network, Round round) {
    return rounds.run(network, round);
  }

  @Override
  public double testAccuracy(ComputationGraph network, String description) {
    latest = test.evaluate(network, label.describe(description));
    return latest.accuracy();
  }

  @Override
  public Classification classification(ComputationGraph network) {
    return latest == null
        ? SparkWork.run(
            "The evaluation",
            () -> test.evaluate(network, label.describe("evaluation of the model")))
        : latest;
  }

  @Override
  public Map<Integer, RawImage> mistakes(Classification classification) {
    return MistakeImages.read(spark, testImages, classification);
  }

  @Override
  public OptionalDouble validationAccuracy(ComputationGraph network, String description) {
    return validation.stream()
        .mapToDouble(
            evaluator -> evaluator.evaluate(network, label.describe(description)).accuracy())
        .findFirst();
  }

  @Override
  public boolean sparkStopped() {
    return spark.sc().isStopped();
  }
}
