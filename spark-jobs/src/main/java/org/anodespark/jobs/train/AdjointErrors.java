/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.Map;
import org.anodespark.jobs.config.Settings;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.plan.TrainingPlan;
import org.anodespark.odelayers.solver.SolveStatistics;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * How far the gradients of an adjoint strategy are from the exact ones, on a network in training:
 * after some updates by exact gradients both are taken of the next minibatch.
 */
public final class AdjointErrors {
  private final TrainingData data;
  private final int updates;
  private final TrainingPlan plan;
  private final NetworkFactory networks;
  private final SolveStatisticsReader statistics;

  /**
   * What was found.
   *
   * @param ofGradient distance of the gradient by all learned parameters from the exact one,
   *     divided by the length of that
   * @param ofReconstruction greatest relative distance of the initial state that a block's backward
   *     solve arrived at from the one it began with; 0 where nothing is solved backwards
   * @param loss of that minibatch
   */
  public record Found(double ofGradient, double ofReconstruction, double loss) {}

  /**
   * Opens the data.
   *
   * @param settings of the data and of minibatches
   * @param updates before gradients are compared, at least 1
   * @param hadoop where file systems are configured
   * @param networks builds the network
   * @param statistics reads what it counted
   * @throws org.anodespark.jobs.failure.JobFailure if the data cannot be read
   */
  public AdjointErrors(
      Settings settings,
      int updates,
      Configuration hadoop,
      NetworkFactory networks,
      SolveStatisticsReader statistics) {
    this.data = ShardedTrainingData.open(settings, hadoop, line -> {});
    this.updates = updates;
    int batchSize = settings.train().batchSize();
    // an epoch of one update each: schedules know trainings by their epochs
    this.plan = new TrainingPlan(settings.seed(), batchSize, updates, batchSize, 1, 1);
    this.networks = networks;
    this.statistics = statistics;
  }

  /**
   * Compares.
   *
   * @param strategy the settings with the strategy in question
   * @param exact the same settings with an exact one
   * @throws org.anodespark.odelayers.failure.OdeSolveException if a solve fails
   * @throws JobFailure with exit code 4 if a gradient or a rebuilt state is not finite
   */
  public Found of(Settings strategy, Settings exact) {
    ComputationGraph reference = network(exact);
    for (int i = 0; i < updates; i++) {
      reference.fit(data.minibatch(i, plan.batchSize()));
    }
    ComputationGraph network = network(strategy);
    network.setParams(reference.params());
    DataSet last = data.minibatch(updates, plan.batchSize());
    Map<String, INDArray> expected = gradient(reference, last);
    Map<String, INDArray> actual = gradient(network, last);
    double squareOfError = 0;
    double squareOfLength = 0;
    for (Layer layer : reference.getLayers()) {
      for (String parameter : layer.paramTable().keySet()) {
        // running statistics are parameters, too, and are not learned
        if (layer.updaterDivideByMinibatch(parameter)) {
          String name = layer.conf().getLayer().getLayerName() + "_" + parameter;
          INDArray of = expected.get(name);
          squareOfError += square(actual.get(name).distance2(of));
          squareOfLength += square(of.norm2Number().doubleValue());
        }
      }
    }
    Found found =
        new Found(
            Math.sqrt(squareOfError / squareOfLength),
            reconstructionError(network),
            network.score());
    if (!Double.isFinite(found.ofGradient()) || !Double.isFinite(found.ofReconstruction())) {
      throw new JobFailure(
          ExitCode.DIVERGED,
          "The gradient by model.block.adjoint = %s holds what is not a finite number, at a distance of %s from the exact one, with the initial state rebuilt to %s: expected finite numbers; take more steps, or an exact adjoint."
              .formatted(
                  strategy.model().block().adjoint(),
                  found.ofGradient(),
                  found.ofReconstruction()));
    }
    return found;
  }

  private ComputationGraph network(Settings settings) {
    return networks.initialised(
        settings.model(),
        data.images(),
        Optimizers.of(settings.optimizer(), plan, 1),
        settings.seed());
  }

  private static Map<String, INDArray> gradient(ComputationGraph network, DataSet minibatch) {
    network.setInput(0, minibatch.getFeatures());
    network.setLabel(0, minibatch.getLabels());
    network.computeGradientAndScore();
    return network.gradient().gradientForVariable();
  }

  private double reconstructionError(ComputationGraph network) {
    return statistics.read(network).values().stream()
        .mapToDouble(SolveStatistics::reconstructionError)
        .filter(error -> !Double.isNaN(error))
        .max()
        .orElse(0);
  }

  private static double square(double number) {
    return number * number;
  }
}
