/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.anodespark.odelayers.layer.BufferedActivation;
import org.anodespark.odelayers.layer.BufferedDense;
import org.anodespark.odelayers.layer.ChannelsLastBatchNorm;
import org.anodespark.odelayers.layer.ChannelsLastBatchNormPerStep;
import org.anodespark.odelayers.layer.ChannelsLastConvolution;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Small networks with one ODE block, in double precision, and data to train them on. */
final class Networks {
  static final int EXAMPLES = 3;
  static final int CLASSES = 3;
  private static final int SIZE = 4;
  private static final int CHANNELS = 2;

  private Networks() {}

  /** Kinds of dynamics: name to layers. */
  static final Map<String, Supplier<Layer[]>> DYNAMICS =
      Map.of(
          "buffered dense",
          () ->
              new Layer[] {
                new BufferedDense.Builder().nOut(5).activation(Activation.TANH).build(),
                new BufferedDense.Builder().nOut(4).activation(Activation.IDENTITY).build()
              },
          "buffered convolution",
          () ->
              new Layer[] {
                new ChannelsLastConvolution.Builder(3, 3)
                    .nOut(3)
                    .activation(Activation.TANH)
                    .build(),
                new ChannelsLastConvolution.Builder(3, 3).nOut(CHANNELS).build(),
                new BufferedActivation(Activation.SOFTPLUS)
              },
          "dense",
          () ->
              new Layer[] {
                new DenseLayer.Builder().nOut(5).activation(Activation.TANH).build(),
                new DenseLayer.Builder().nOut(4).activation(Activation.IDENTITY).build()
              },
          "dense with batch norm",
          () ->
              new Layer[] {
                new DenseLayer.Builder().nOut(4).activation(Activation.TANH).build(),
                new ChannelsLastBatchNorm.Builder().build()
              },
          "convolution",
          () ->
              new Layer[] {
                new ChannelsLastConvolution.Builder(3, 3).nOut(3).build(),
                new org.deeplearning4j.nn.conf.layers.ActivationLayer(new ActivationTanH()),
                new ChannelsLastConvolution.Builder(3, 3).nOut(CHANNELS).build()
              },
          "convolution with batch norm",
          () ->
              new Layer[] {
                new ChannelsLastConvolution.Builder(3, 3).nOut(CHANNELS).hasBias(false).build(),
                new ChannelsLastBatchNorm.Builder().activation(Activation.RELU).build(),
                new ChannelsLastConvolution.Builder(1, 3).nOut(CHANNELS).hasBias(false).build(),
                new ChannelsLastBatchNorm.Builder().build()
              },
          "convolution with batch norm per step",
          () ->
              new Layer[] {
                new ChannelsLastConvolution.Builder(3, 3).nOut(CHANNELS).hasBias(false).build(),
                new ChannelsLastBatchNormPerStep.Builder(2).activation(Activation.RELU).build(),
                new ChannelsLastConvolution.Builder(3, 3).nOut(CHANNELS).build()
              },
          "stock convolution with batch norm",
          () ->
              new Layer[] {
                new ConvolutionLayer.Builder(3, 3)
                    .nOut(CHANNELS)
                    .padding(1, 1)
                    .activation(Activation.IDENTITY)
                    .build(),
                new BatchNormalization.Builder().build(),
                new org.deeplearning4j.nn.conf.layers.ActivationLayer(new ActivationTanH())
              });

  static boolean images(String dynamics) {
    return !dynamics.contains("dense");
  }

  static NeuralNetConfiguration.Builder base(IUpdater updater, WorkspaceMode workspaces) {
    return new NeuralNetConfiguration.Builder()
        .seed(12345)
        .dataType(DataType.DOUBLE)
        .updater(updater)
        .trainingWorkspaceMode(workspaces)
        .inferenceWorkspaceMode(workspaces);
  }

  /** entry layer, block, pooling (for images), classifier; without updates. */
  static MultiLayerNetwork network(String dynamics, OdeBlock block, WorkspaceMode workspaces) {
    return network(dynamics, block, workspaces, new NoOp());
  }

  static MultiLayerNetwork network(
      String dynamics, Layer block, WorkspaceMode workspaces, IUpdater updater) {
    NeuralNetConfiguration.ListBuilder list = base(updater, workspaces).list();
    if (images(dynamics)) {
      list.layer(new ChannelsLastConvolution.Builder(3, 3).nOut(CHANNELS).build());
      list.layer(block);
      list.layer(new GlobalPoolingLayer(PoolingType.AVG));
    } else {
      list.layer(new DenseLayer.Builder().nOut(4).activation(Activation.TANH).build());
      list.layer(block);
    }
    list.layer(
        new OutputLayer.Builder(LossFunctions.LossFunction.MSE)
            .activation(Activation.TANH)
            .nOut(CLASSES)
            .build());
    MultiLayerNetwork network =
        new MultiLayerNetwork(list.setInputType(inputType(dynamics)).build());
    network.init();
    return network;
  }

  static InputType inputType(String dynamics) {
    return images(dynamics)
        ? InputType.convolutional(SIZE, SIZE, 3, CNN2DFormat.NHWC)
        : InputType.feedForward(6);
  }

  static DataSet data(String dynamics) {
    Nd4j.getRandom().setSeed(7);
    INDArray features =
        images(dynamics)
            ? Nd4j.randn(DataType.DOUBLE, EXAMPLES, SIZE, SIZE, 3)
            : Nd4j.randn(DataType.DOUBLE, EXAMPLES, 6);
    INDArray labels = Nd4j.rand(DataType.DOUBLE, EXAMPLES, CLASSES);
    return new DataSet(features, labels);
  }

  /** Input of a network that begins with a block on images. */
  static InputType stateType() {
    return InputType.convolutional(SIZE, SIZE, CHANNELS, CNN2DFormat.NHWC);
  }

  static DataSet stateData() {
    Nd4j.getRandom().setSeed(7);
    return new DataSet(
        Nd4j.randn(DataType.DOUBLE, EXAMPLES, SIZE, SIZE, CHANNELS),
        Nd4j.rand(DataType.DOUBLE, EXAMPLES, CLASSES));
  }

  /** A network in single precision that begins with a block on images. */
  static MultiLayerNetwork inSinglePrecision(OdeBlock block, IUpdater updater) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .dataType(DataType.FLOAT)
                .updater(updater)
                .list()
                .layer(block)
                .layer(new GlobalPoolingLayer(PoolingType.AVG))
                .layer(
                    new OutputLayer.Builder(LossFunctions.LossFunction.MSE).nOut(CLASSES).build())
                .setInputType(stateType())
                .build());
    network.init();
    return network;
  }

  /** For {@link #inSinglePrecision}. */
  static DataSet stateDataInSinglePrecision() {
    DataSet data = stateData();
    data.setFeatures(data.getFeatures().castTo(DataType.FLOAT));
    data.setLabels(data.getLabels().castTo(DataType.FLOAT));
    return data;
  }

  static List<String> dynamicsNames() {
    return DYNAMICS.keySet().stream().sorted().toList();
  }
}
