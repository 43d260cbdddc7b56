/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.listener;

import org.anodespark.odelayers.OdeBlock;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.layer.ChannelsLastBatchNorm;
import org.anodespark.odelayers.solver.rungekutta.ExplicitMidpoint;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Small networks of either kind, in double precision, and a minibatch to train them on. */
final class Trainings {
  static final int FEATURES = 6;
  static final int WIDTH = 4;
  static final int CLASSES = 3;
  static final int EXAMPLES = 5;

  /** The two kinds of network. */
  enum Kind {
    MULTI_LAYER,
    GRAPH
  }

  private Trainings() {}

  /** Double precision, Nesterov momentum, no regularisation. */
  static NeuralNetConfiguration.Builder settings() {
    return new NeuralNetConfiguration.Builder()
        .seed(12345)
        .dataType(DataType.DOUBLE)
        .updater(new Nesterovs(0.05, 0.9));
  }

  static NeuralNetConfiguration.Builder settings(WorkspaceMode workspaces) {
    return settings().trainingWorkspaceMode(workspaces).inferenceWorkspaceMode(workspaces);
  }

  /** Entry "entry", the given layers, output "output". */
  static Model network(Kind kind, NeuralNetConfiguration.Builder settings, Layer... layers) {
    return kind == Kind.MULTI_LAYER ? multiLayer(settings, layers) : graph(settings, layers);
  }

  private static MultiLayerNetwork multiLayer(
      NeuralNetConfiguration.Builder settings, Layer... layers) {
    NeuralNetConfiguration.ListBuilder list = settings.list().layer(entry());
    for (Layer layer : layers) {
      list.layer(layer);
    }
    MultiLayerNetwork network = new MultiLayerNetwork(list.layer(output()).build());
    network.init();
    return network;
  }

  private static ComputationGraph graph(NeuralNetConfiguration.Builder settings, Layer... layers) {
    var builder = settings.graphBuilder().addInputs("x").addLayer("entry", entry(), "x");
    String last = "entry";
    for (int i = 0; i < layers.length; i++) {
      String name = layers[i].getLayerName() == null ? "layer" + i : layers[i].getLayerName();
      builder.addLayer(name, layers[i], last);
      last = name;
    }
    ComputationGraph graph =
        new ComputationGraph(
            builder.addLayer("output", output(), last).setOutputs("output").build());
    graph.init();
    return graph;
  }

  private static DenseLayer entry() {
    return new DenseLayer.Builder()
        .name("entry")
        .nIn(FEATURES)
        .nOut(WIDTH)
        .activation(Activation.TANH)
        .build();
  }

  private static OutputLayer output() {
    return new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
        .name("output")
        .activation(Activation.SOFTMAX)
        .nIn(WIDTH)
        .nOut(CLASSES)
        .build();
  }

  /** A block whose field is dense, tanh, batch norm; two midpoint steps. */
  static OdeBlock block(String name, AdjointStrategy adjoint) {
    return new OdeBlock.Builder()
        .name(name)
        .dynamics(
            new DenseLayer.Builder().nIn(WIDTH).nOut(WIDTH).activation(Activation.TANH).build(),
            new ChannelsLastBatchNorm.Builder().nIn(WIDTH).nOut(WIDTH).build())
        .solver(new ExplicitMidpoint())
        .steps(2)
        .adjoint(adjoint)
        .build();
  }

  static DataSet minibatch() {
    return minibatch(DataType.DOUBLE);
  }

  static DataSet minibatch(DataType dataType) {
    Nd4j.getRandom().setSeed(7);
    INDArray labels = Nd4j.zeros(dataType, EXAMPLES, CLASSES);
    for (int i = 0; i < EXAMPLES; i++) {
      labels.putScalar(i, i % CLASSES, 1.0);
    }
    return new DataSet(Nd4j.randn(dataType, EXAMPLES, FEATURES), labels);
  }

  static void fit(Model network, DataSet data, int iterations) {
    for (int i = 0; i < iterations; i++) {
      if (network instanceof MultiLayerNetwork multiLayer) {
        multiLayer.fit(data);
      } else {
        ((ComputationGraph) network).fit(data);
      }
    }
  }

  static INDArray updaterState(Model network) {
    return network instanceof MultiLayerNetwork multiLayer
        ? multiLayer.updaterState()
        : ((ComputationGraph) network).updaterState();
  }

  /** Trains a network for one iteration under an audit, and says what it found. */
  static GradientAudit.Result audited(Model network, DataSet data) {
    GradientAudit audit = new GradientAudit.Builder().build();
    network.setListeners(audit);
    fit(network, data, 1);
    return audit.latest().orElseThrow();
  }
}
