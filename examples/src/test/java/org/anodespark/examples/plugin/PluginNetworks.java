/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.anodespark.odelayers.OdeBlock;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.solver.StepMethod;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A small network in double precision: dense layer, block of five steps, classifier. */
final class PluginNetworks {
  static final int STEPS = 5;
  private static final int EXAMPLES = 3;
  private static final int FEATURES = 4;
  private static final int CLASSES = 2;

  private PluginNetworks() {}

  static Layer[] denseDynamics() {
    return new Layer[] {
      new DenseLayer.Builder().nOut(5).activation(Activation.TANH).build(),
      new DenseLayer.Builder().nOut(3).activation(Activation.IDENTITY).build()
    };
  }

  static MultiLayerNetwork network(StepMethod method, AdjointStrategy strategy, Layer... dynamics) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(5)
                .dataType(DataType.DOUBLE)
                .updater(new NoOp())
                .list()
                .layer(new DenseLayer.Builder().nOut(3).activation(Activation.SIGMOID).build())
                .layer(
                    new OdeBlock.Builder()
                        .dynamics(dynamics)
                        .solver(method)
                        .steps(STEPS)
                        .adjoint(strategy)
                        .build())
                .layer(
                    new OutputLayer.Builder(LossFunction.MSE)
                        .activation(Activation.TANH)
                        .nOut(CLASSES)
                        .build())
                .setInputType(InputType.feedForward(FEATURES))
                .build());
    network.init();
    return network;
  }

  static DataSet data() {
    Nd4j.getRandom().setSeed(7);
    return new DataSet(
        Nd4j.randn(DataType.DOUBLE, EXAMPLES, FEATURES),
        Nd4j.rand(DataType.DOUBLE, EXAMPLES, CLASSES));
  }

  static INDArray gradient(MultiLayerNetwork network) {
    DataSet data = data();
    network.setInput(data.getFeatures());
    network.setLabels(data.getLabels());
    network.computeGradientAndScore();
    return network.getFlattenedGradients().dup();
  }

  static boolean agreesWithCentralDifferences(MultiLayerNetwork network) {
    DataSet data = data();
    return GradientCheckUtil.checkGradients(
        new GradientCheckUtil.MLNConfig()
            .net(network)
            .input(data.getFeatures())
            .labels(data.getLabels())
            .epsilon(1e-6)
            .maxRelError(1e-4)
            .minAbsoluteError(1e-9)
            .print(GradientCheckUtil.PrintMode.ZEROS)
            .exitOnFirstError(false));
  }

  static void assertSurvivesJson(MultiLayerNetwork network) {
    MultiLayerConfiguration configuration = network.getLayerWiseConfigurations();
    MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(configuration.toJson());
    assertThat(read.getConf(1).getLayer()).isEqualTo(configuration.getConf(1).getLayer());
    assertThat(read.toJson()).isEqualTo(configuration.toJson());
  }

  static void assertSurvivesSaving(MultiLayerNetwork network) throws IOException {
    Path file = Files.createTempFile("network", ".zip");
    try {
      network.save(file.toFile());
      MultiLayerNetwork loaded = MultiLayerNetwork.load(file.toFile(), true);
      INDArray features = data().getFeatures();
      assertThat(loaded.output(features)).isEqualTo(network.output(features));
      assertThat(gradient(loaded)).isEqualTo(gradient(network));
    } finally {
      Files.delete(file);
    }
  }
}
