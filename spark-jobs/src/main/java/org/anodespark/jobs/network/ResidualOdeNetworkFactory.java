/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.network;

import org.anodespark.jobs.config.ModelSettings;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.train.ImageFacts;
import org.anodespark.jobs.train.NetworkFactory;
import org.anodespark.jobs.train.Optimization;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.network.ResidualOdeNetwork;
import org.anodespark.odelayers.solver.ClassicRungeKutta;
import org.anodespark.odelayers.solver.Euler;
import org.anodespark.odelayers.solver.ExplicitMidpoint;
import org.anodespark.odelayers.solver.StepMethod;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Builds the {@link ResidualOdeNetwork} that the section {@code model} of the settings describes.
 */
public final class ResidualOdeNetworkFactory implements NetworkFactory {
  @Override
  public ComputationGraphConfiguration create(
      ModelSettings settings, ImageFacts images, Optimization optimization, long seed) {
    NeuralNetConfiguration.Builder base =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .dataType(DataType.FLOAT)
            .updater(optimization.updater())
            .regularization(optimization.regularization());
    return new ResidualOdeNetwork(
            settings.widths(),
            solver(settings.solver()),
            settings.steps(),
            adjoint(settings.adjoint()),
            settings.batchNormDecay())
        .configure(base, images.height(), images.width(), images.channels(), images.classes());
  }

  private static StepMethod solver(String name) {
    return switch (name) {
      case "euler" -> new Euler();
      case "midpoint" -> new ExplicitMidpoint();
      case "rk4" -> new ClassicRungeKutta();
      default ->
          throw JobFailure.badConfiguration(
              "model.block.solver is \"%s\", expected \"euler\", \"midpoint\" or \"rk4\"."
                  .formatted(name));
    };
  }

  private static AdjointStrategy adjoint(String name) {
    return switch (name) {
      case "anode" -> new AnodeCheckpoint();
      case "full" -> new FullStorage();
      default ->
          throw JobFailure.badConfiguration(
              "model.block.adjoint is \"%s\", expected \"anode\" or \"full\".".formatted(name));
    };
  }
}
