/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import static org.assertj.core.api.Assertions.assertThat;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** A layer between a squashing function and a pooled loss, to compare two of its kind. */
final class LayerNetworks {
  private static final int SIZE = 7;

  private LayerNetworks() {}

  static MultiLayerNetwork of(Layer layer) {
    return of(DataType.DOUBLE, layer);
  }

  static MultiLayerNetwork of(DataType type, Layer layer) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(type)
                .updater(new Sgd(0.1))
                .list()
                .layer(new ActivationLayer(Activation.TANH))
                .layer(layer)
                .layer(new ActivationLayer(Activation.TANH))
                .layer(new GlobalPoolingLayer(PoolingType.SUM))
                .layer(
                    new LossLayer.Builder(LossFunctions.LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .build())
                .setInputType(InputType.convolutional(SIZE, SIZE, 3, CNN2DFormat.NHWC))
                .build());
    network.init();
    return network;
  }

  static INDArray images(DataType type) {
    Nd4j.getRandom().setSeed(5);
    return Nd4j.randn(type, 2, SIZE, SIZE, 3);
  }

  /** Same parameters in: same predictions, training output and gradients out, also of the input. */
  static void assertSameFunction(MultiLayerNetwork mine, MultiLayerNetwork theirs) {
    Nd4j.getRandom().setSeed(11);
    INDArray parameters = Nd4j.rand(DataType.DOUBLE, mine.params().shape()).addi(0.25);
    mine.setParams(parameters);
    theirs.setParams(parameters);
    assertClose(output(mine, false), output(theirs, false));
    assertClose(output(mine, true), output(theirs, true));
    assertClose(gradient(mine), gradient(theirs));
    assertClose(inputGradient(mine), inputGradient(theirs));
  }

  /** DL4J's activation layer works in place on a network's input, so every pass gets its own. */
  private static INDArray output(MultiLayerNetwork network, boolean training) {
    return network.output(images(DataType.DOUBLE), training);
  }

  private static INDArray labels(MultiLayerNetwork network) {
    return Nd4j.ones(DataType.DOUBLE, output(network, false).shape());
  }

  private static INDArray gradient(MultiLayerNetwork network) {
    network.setLabels(labels(network));
    network.setInput(images(DataType.DOUBLE));
    network.computeGradientAndScore();
    return network.getFlattenedGradients().dup();
  }

  private static INDArray inputGradient(MultiLayerNetwork network) {
    return network
        .calculateGradients(images(DataType.DOUBLE), labels(network), null, null)
        .getSecond();
  }

  private static void assertClose(INDArray actual, INDArray expected) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    double scale = Math.max(1, expected.norm2Number().doubleValue());
    assertThat(actual.distance2(expected) / scale).isLessThan(1e-9);
  }
}
