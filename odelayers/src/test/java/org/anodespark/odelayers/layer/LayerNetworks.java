/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import static org.assertj.core.api.Assertions.assertThat;

import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Small networks around a layer: to compare two of its kind, and to check its gradient. */
final class LayerNetworks {
  private static final int SIZE = 7;
  private static final int BATCH = 2;
  private static final InputType IMAGES = InputType.convolutional(SIZE, SIZE, 3, CNN2DFormat.NHWC);
  private static final InputType ROWS = InputType.feedForward(3);

  private LayerNetworks() {}

  /** A layer from images to images, behind a convolution and before a pooled loss. */
  static MultiLayerNetwork of(Layer layer) {
    return of(DataType.DOUBLE, layer);
  }

  static MultiLayerNetwork of(DataType type, Layer layer) {
    return made(
        between(convolution(), type, layer).layer(new GlobalPoolingLayer(PoolingType.SUM)), IMAGES);
  }

  /** A layer from images to rows, behind a convolution. */
  static MultiLayerNetwork toRows(Layer layer) {
    return made(between(convolution(), DataType.DOUBLE, layer), IMAGES);
  }

  /** A layer from rows to rows, behind a dense layer. */
  static MultiLayerNetwork ofRows(Layer layer) {
    return made(between(dense(), DataType.DOUBLE, layer), ROWS);
  }

  private static ListBuilder between(Layer front, DataType type, Layer layer) {
    return base(type, new Sgd(0.1))
        .layer(front)
        .layer(layer)
        .layer(new ActivationLayer(Activation.TANH));
  }

  private static Layer convolution() {
    return new ConvolutionLayer.Builder(1, 1).nOut(3).activation(Activation.TANH).build();
  }

  private static Layer dense() {
    return new DenseLayer.Builder().nOut(3).activation(Activation.TANH).build();
  }

  private static ListBuilder base(DataType type, IUpdater updater) {
    return new NeuralNetConfiguration.Builder().seed(3).dataType(type).updater(updater).list();
  }

  private static MultiLayerNetwork made(ListBuilder layers, InputType input) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            layers
                .layer(
                    new LossLayer.Builder(LossFunctions.LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .build())
                .setInputType(input)
                .build());
    network.init();
    return network;
  }

  /** Runs the layer in question by itself. */
  static INDArray activate(MultiLayerNetwork network, INDArray input) {
    return network.getLayer(1).activate(input, false, LayerWorkspaceMgr.noWorkspaces());
  }

  static INDArray images(DataType type) {
    Nd4j.getRandom().setSeed(5);
    return Nd4j.randn(type, BATCH, SIZE, SIZE, 3);
  }

  static INDArray rows() {
    Nd4j.getRandom().setSeed(5);
    return Nd4j.randn(DataType.DOUBLE, BATCH, 3);
  }

  /** As {@link #assertSameFunction(MultiLayerNetwork, MultiLayerNetwork, INDArray)}, of images. */
  static void assertSameFunction(MultiLayerNetwork mine, MultiLayerNetwork theirs) {
    assertSameFunction(mine, theirs, images(DataType.DOUBLE));
  }

  /** Same parameters in: same predictions, training output and gradients out, also of the input. */
  static void assertSameFunction(MultiLayerNetwork mine, MultiLayerNetwork theirs, INDArray input) {
    Nd4j.getRandom().setSeed(11);
    INDArray parameters = Nd4j.rand(DataType.DOUBLE, mine.params().shape()).addi(0.25);
    mine.setParams(parameters);
    theirs.setParams(parameters);
    assertClose(mine.output(input, false), theirs.output(input, false));
    assertClose(mine.output(input, true), theirs.output(input, true));
    assertClose(gradient(mine, input), gradient(theirs, input));
    assertClose(inputGradient(mine, input), inputGradient(theirs, input));
  }

  private static INDArray labels(MultiLayerNetwork network, INDArray input) {
    return Nd4j.ones(DataType.DOUBLE, network.output(input).shape());
  }

  private static INDArray gradient(MultiLayerNetwork network, INDArray input) {
    network.setLabels(labels(network, input));
    network.setInput(input);
    network.computeGradientAndScore();
    return network.getFlattenedGradients().dup();
  }

  private static INDArray inputGradient(MultiLayerNetwork network, INDArray input) {
    return network.calculateGradients(input, labels(network, input), null, null).getSecond();
  }

  private static void assertClose(INDArray actual, INDArray expected) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    double scale = Math.max(1, expected.norm2Number().doubleValue());
    assertThat(actual.distance2(expected) / scale).isLessThan(1e-9);
  }

  /** Compares the gradient of a layer, and of a convolution in front, with central differences. */
  static void assertGradientOnImages(Layer layer) {
    assertGradient(convolution(), layer, IMAGES, images(DataType.DOUBLE));
  }

  /** Compares the gradient of a layer, and of a dense one in front, with central differences. */
  static void assertGradientOnRows(Layer layer) {
    assertGradient(dense(), layer, ROWS, rows());
  }

  private static void assertGradient(Layer front, Layer layer, InputType type, INDArray input) {
    // the check insists on it
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
    try {
      MultiLayerNetwork network =
          new MultiLayerNetwork(
              base(DataType.DOUBLE, new NoOp())
                  .layer(front)
                  .layer(layer)
                  .layer(
                      new OutputLayer.Builder(LossFunctions.LossFunction.MSE)
                          .activation(Activation.TANH)
                          .nOut(2)
                          .build())
                  .setInputType(type)
                  .build());
      network.init();
      assertThat(
              GradientCheckUtil.checkGradients(
                  new GradientCheckUtil.MLNConfig()
                      .net(network)
                      .input(input)
                      .labels(Nd4j.rand(DataType.DOUBLE, BATCH, 2))
                      .epsilon(1e-6)
                      .maxRelError(1e-3)
                      .minAbsoluteError(1e-8)
                      .print(GradientCheckUtil.PrintMode.ZEROS)
                      .exitOnFirstError(false)))
          .isTrue();
    } finally {
      Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
    }
  }
}
