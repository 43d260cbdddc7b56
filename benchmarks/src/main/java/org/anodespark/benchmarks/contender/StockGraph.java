/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.contender;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.activations.Activation;

/**
 * Residual steps in Deeplearning4j's own layers, channels first, as it likes them. Euler's method
 * is unrolled: y + h f(y) once for each step, with layers of its own each time, because a graph of
 * DL4J cannot use a layer twice. That costs the same time as shared layers would, and more
 * parameters.
 */
final class StockGraph {
  private StockGraph() {}

  static ConvolutionLayer convolution(int channels, int stride, boolean bias) {
    return new ConvolutionLayer.Builder(3, 3)
        .nOut(channels)
        .stride(stride, stride)
        .convolutionMode(ConvolutionMode.Same)
        .activation(Activation.IDENTITY)
        .hasBias(bias)
        .build();
  }

  static BatchNormalization batchNorm() {
    return new BatchNormalization.Builder().build();
  }

  static ActivationLayer rectifier() {
    return new ActivationLayer(Activation.RELU);
  }

  /**
   * Adds layers one after the other.
   *
   * @param name theirs is this and their number from 0
   * @param input what the first one reads
   * @return the name of the last one
   */
  static String chain(GraphBuilder graph, String name, String input, List<Layer> layers) {
    String last = input;
    for (int i = 0; i < layers.size(); i++) {
      String layer = name + "-" + i;
      graph.addLayer(layer, layers.get(i), last);
      last = layer;
    }
    return last;
  }

  /**
   * Adds the steps of Euler's method from t = 0 to t = 1.
   *
   * @param name begins the names of all that is added
   * @param input the initial state
   * @param steps at least 1
   * @param field the layers of f; copied for each step
   * @return the name of the final state
   */
  static String eulerSteps(
      GraphBuilder graph, String name, String input, int steps, List<Layer> field) {
    String state = input;
    for (int step = 0; step < steps; step++) {
      String slope =
          chain(graph, name + "-step" + step, state, field.stream().map(Layer::clone).toList());
      String scaled = name + "-scaled" + step;
      graph.addVertex(scaled, new ScaleVertex(1.0 / steps), slope);
      String next = name + "-state" + (step + 1);
      graph.addVertex(next, new ElementWiseVertex(ElementWiseVertex.Op.Add), state, scaled);
      state = next;
    }
    return state;
  }
}
