/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.network;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;

/** A network that classifies images: {@code [N, H, W, C]} in, probabilities {@code [N, K]} out. */
public interface ImageNetwork {
  /** The name of a network's input. */
  String INPUT = "image";

  /** The name of a network's output. */
  String OUTPUT = "classifier";

  /**
   * The graph, ready for {@code ComputationGraph.init}.
   *
   * @param base seed, updater, regularisation and whatever else holds for the whole network
   * @param height rows of an image
   * @param width columns of an image
   * @param channels channels of an image
   * @param classes number of classes, at least 2
   */
  ComputationGraphConfiguration configure(
      NeuralNetConfiguration.Builder base, int height, int width, int channels, int classes);
}
