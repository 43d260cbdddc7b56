/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anodespark.jobs.config.OptimizerSettings;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.plan.TrainingPlan;
import org.anodespark.odelayers.schedule.CosineSchedule;
import org.anodespark.odelayers.schedule.LinearSchedule;
import org.anodespark.odelayers.schedule.WarmUpSchedule;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** Translates the section {@code optimizer} of the settings. */
public final class Optimizers {
  private Optimizers() {}

  /**
   * The optimisation that the settings ask for.
   *
   * @param plan of the run, over which a schedule runs
   * @param scale by which the learning rate is multiplied, above 0
   * @throws JobFailure with exit code 2 for a kind or schedule that there is not
   */
  public static Optimization of(OptimizerSettings settings, TrainingPlan plan, double scale) {
    // decoupled: each update also takes learning rate x coefficient x weight, past the momentum
    List<Regularization> regularization =
        settings.weightDecay() == 0
            ? List.of()
            : List.of(new WeightDecay(settings.weightDecay(), true));
    return new Optimization(
        updater(settings, schedule(settings, settings.learningRate() * scale, plan)),
        regularization,
        clipping(settings),
        settings.clippingThreshold(),
        plan.iterations());
  }

  private static GradientNormalization clipping(OptimizerSettings settings) {
    return switch (settings.clipping()) {
      case OptimizerSettings.NO_CLIPPING -> GradientNormalization.None;
      case OptimizerSettings.CLIP_VALUE -> GradientNormalization.ClipElementWiseAbsoluteValue;
      case OptimizerSettings.CLIP_NORM -> GradientNormalization.ClipL2PerLayer;
      default ->
          throw JobFailure.badConfiguration(
              "optimizer.clipping.kind is \"%s\", expected \"none\", \"value\" or \"norm\"."
                  .formatted(settings.clipping()));
    };
  }

  /**
   * The learning rate of one parameter update.
   *
   * @param network whose parameters share an updater
   * @param iteration from 0
   * @param epoch from 0
   * @return NaN if its updater has no learning rate
   */
  static double learningRate(ComputationGraph network, int iteration, int epoch) {
    return Arrays.stream(network.getLayers())
        .flatMap(
            layer ->
                layer.paramTable(true).keySet().stream()
                    .map(parameter -> layer.getConfig().getUpdaterByParam(parameter)))
        .filter(IUpdater::hasLearningRate)
        .mapToDouble(updater -> updater.getLearningRate(iteration, epoch))
        .findFirst()
        .orElse(Double.NaN);
  }

  private static IUpdater updater(OptimizerSettings settings, ISchedule learningRate) {
    return switch (settings.kind()) {
      case "sgd" -> new Sgd(learningRate);
      case "nesterov" -> new Nesterovs(learningRate, settings.momentum());
      case "adam" -> new Adam(learningRate);
      default ->
          throw JobFailure.badConfiguration(
              "optimizer.kind is \"%s\", expected \"sgd\", \"nesterov\" or \"adam\"."
                  .formatted(settings.kind()));
    };
  }

  private static ISchedule schedule(
      OptimizerSettings settings, double learningRate, TrainingPlan plan) {
    int warmUp = plan.iterations(settings.warmUpEpochs());
    ISchedule afterWarmUp =
        settings.schedule().equals("step")
            ? steps(settings, learningRate, plan, warmUp)
            : schedule(settings, learningRate, plan.iterations() - warmUp);
    return warmUp == 0 ? afterWarmUp : new WarmUpSchedule(warmUp, afterWarmUp);
  }

  private static ISchedule schedule(
      OptimizerSettings settings, double learningRate, int iterations) {
    return switch (settings.schedule()) {
      case "constant" -> new FixedSchedule(learningRate);
      case "linear" -> new LinearSchedule(learningRate, iterations);
      case "cosine" -> new CosineSchedule(learningRate, iterations);
      default ->
          throw JobFailure.badConfiguration(
              "optimizer.schedule is \"%s\", expected \"constant\", \"linear\", \"cosine\" or \"step\"."
                  .formatted(settings.schedule()));
    };
  }

  /**
   * By iterations counted from the end of the warm-up; epochs before that end leave their factor.
   */
  private static ISchedule steps(
      OptimizerSettings settings, double learningRate, TrainingPlan plan, int warmUp) {
    Map<Integer, Double> values = new TreeMap<>();
    values.put(0, learningRate);
    double value = learningRate;
    for (int epoch : settings.stepEpochs()) {
      value *= settings.stepFactor();
      values.put(Math.max(0, plan.iterations(epoch) - warmUp), value);
    }
    return new MapSchedule(ScheduleType.ITERATION, values);
  }
}
