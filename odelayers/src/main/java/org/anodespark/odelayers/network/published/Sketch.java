/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.network.published;

import static org.anodespark.odelayers.network.ImageNetwork.INPUT;
import static org.anodespark.odelayers.network.ImageNetwork.OUTPUT;

import java.util.ArrayList;
import java.util.List;
import org.anodespark.odelayers.layer.BufferedActivation;
import org.anodespark.odelayers.layer.ChannelsLastPooling;
import org.anodespark.odelayers.network.Classifier;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer.PoolingType;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;

/** A graph that grows from the image to the classifier; every part is put behind the latest. */
final class Sketch {
  private final GraphBuilder graph;
  private final Design design;
  private final boolean bias;
  private String latest = INPUT;

  /**
   * @param bias whether convolutions in front of a norm have one
   */
  Sketch(
      Design design,
      boolean bias,
      NeuralNetConfiguration.Builder base,
      int height,
      int width,
      int channels) {
    this.design = design;
    this.bias = bias;
    graph =
        base.weightInit(WeightInit.RELU)
            .graphBuilder()
            .addInputs(INPUT)
            .setInputTypes(InputType.convolutional(height, width, channels, CNN2DFormat.NHWC));
  }

  /** Any layer. */
  Sketch then(String name, Layer layer) {
    graph.addLayer(name, layer, latest);
    latest = name;
    return this;
  }

  /** A convolution, batch norm and ReLU. */
  Sketch convolved(String name, Convolution convolution) {
    return normalized(name, convolution, Activation.RELU);
  }

  private Sketch normalized(String name, Convolution convolution, Activation activation) {
    then(name, convolution.layer(bias, design.ode().precision()));
    return then(name + "-norm", design.normalization().outside(activation));
  }

  /**
   * A residual block that changes the shape: ReLU(body(x) + shortcut(x)).
   *
   * @param body convolutions with batch norms behind, ReLU between them
   * @param shortcut a convolution and batch norm
   * @param rectified whether body and shortcut end in a ReLU each
   */
  Sketch transition(String name, List<Convolution> body, Convolution shortcut, boolean rectified) {
    Activation last = rectified ? Activation.RELU : Activation.IDENTITY;
    String input = latest;
    convolutions(name, body, last);
    String end = latest;
    latest = input;
    normalized(name + "-shortcut", shortcut, last);
    return sum(name, end, latest);
  }

  /** A residual block that keeps the shape: ReLU(x + body(x)). */
  Sketch residual(String name, List<Convolution> body) {
    String input = latest;
    convolutions(name, body, Activation.IDENTITY);
    return sum(name, input, latest);
  }

  /** A block that keeps the shape, of the kind that the design asks for. */
  Sketch block(String name, List<Convolution> body) {
    return switch (design.kind()) {
      case RESIDUAL -> residual(name, body);
      case ODE ->
          then(name, design.ode().builder().dynamics(field(body).toArray(Layer[]::new)).build());
    };
  }

  private List<Layer> field(List<Convolution> body) {
    boolean biased = bias || design.normalization().biasInFields();
    List<Layer> layers = new ArrayList<>();
    for (Convolution convolution : body) {
      layers.add(convolution.layer(biased, design.ode().precision()));
      layers.add(
          design.normalization().biasInFields()
              ? new BufferedActivation(Activation.RELU)
              : design
                  .normalization()
                  .inField(convolution.channels(), Activation.RELU, 1, design.ode()));
    }
    return layers;
  }

  private void convolutions(String name, List<Convolution> body, Activation last) {
    for (int i = 0; i < body.size(); i++) {
      normalized(name + "-" + (i + 1), body.get(i), i == body.size() - 1 ? last : Activation.RELU);
    }
  }

  private Sketch sum(String name, String one, String other) {
    graph.addVertex(name + "-sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), one, other);
    latest = name + "-sum";
    return then(name, new BufferedActivation(Activation.RELU));
  }

  /** The averages of windows that do not overlap. */
  Sketch averaged(int window) {
    return then(
        "pool",
        new ChannelsLastPooling.Builder(PoolingType.AVG, window, window)
            .stride(window, window)
            .build());
  }

  /** Softmax of a linear function: the end. */
  ComputationGraphConfiguration classified(int classes) {
    then(OUTPUT, Classifier.of(classes, WeightInit.XAVIER));
    return graph.setOutputs(OUTPUT).build();
  }
}
