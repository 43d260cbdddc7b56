/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.io.Serializable;
import org.anodespark.jobs.config.ModelSettings;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Builds the network that is trained; tasks that train by themselves are sent it. */
@FunctionalInterface
public interface NetworkFactory extends Serializable {
  /**
   * The configuration of a network with one input, images as the data's loader makes them, and one
   * output, a probability per class.
   *
   * @param settings the section {@code model}
   * @param images what goes in and how many classes come out
   * @param optimization how its parameters are updated
   * @param seed of the initial parameters
   * @throws org.anodespark.jobs.failure.JobFailure with exit code 2 for settings that make no
   *     network
   */
  ComputationGraphConfiguration create(
      ModelSettings settings, ImageFacts images, Optimization optimization, long seed);

  /** A network of {@link #create} with its initial parameters. */
  default ComputationGraph initialised(
      ModelSettings settings, ImageFacts images, Optimization optimization, long seed) {
    ComputationGraph network = new ComputationGraph(create(settings, images, optimization, seed));
    network.init();
    return network;
  }
}
