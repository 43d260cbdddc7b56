/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.conversion;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Networks of DL4J's layers, and data for them. */
final class Convertible {
  static final int BATCH = 4;
  static final int HEIGHT = 9;
  static final int WIDTH = 8;
  static final int CHANNELS = 3;
  static final int CLASSES = 5;

  private Convertible() {}

  static NeuralNetConfiguration.Builder base(DataType type) {
    return new NeuralNetConfiguration.Builder()
        .seed(11)
        .dataType(type)
        .updater(new Adam(0.01))
        .l2(0.02)
        .convolutionMode(ConvolutionMode.Truncate)
        // batch norms inherit it, and do not apply it
        .activation(Activation.RELU);
  }

  /** Of every layer that has a counterpart, on images that may be flat. */
  static MultiLayerNetwork chain(DataType type, InputType input, boolean logarithms) {
    return initialised(
        base(type)
            .list()
            .layer(new ConvolutionLayer.Builder(3, 3).nOut(4).padding(1, 1).build())
            .layer(new SubsamplingLayer.Builder(2, 2).stride(2, 1).build())
            .layer(
                new ConvolutionLayer.Builder(3, 2)
                    .nOut(6)
                    .convolutionMode(ConvolutionMode.Same)
                    .hasBias(false)
                    .activation(Activation.IDENTITY)
                    .build())
            .layer(new BatchNormalization.Builder().useLogStd(logarithms).build())
            .layer(new ActivationLayer(Activation.RELU))
            .layer(
                new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG)
                    .kernelSize(3, 3)
                    .stride(1, 1)
                    .convolutionMode(ConvolutionMode.Same)
                    .build())
            .layer(new ActivationLayer(Activation.SOFTPLUS))
            .layer(new DenseLayer.Builder().nOut(7).activation(Activation.TANH).build())
            .layer(new BatchNormalization.Builder().useLogStd(false).build())
            .layer(new DenseLayer.Builder().nOut(6).activation(Activation.HARDSIGMOID).build()),
        input);
  }

  /** A layer between convolutions, on channels-first images. */
  static MultiLayerNetwork around(DataType type, Layer layer) {
    return initialised(
        base(type)
            .list()
            .layer(new ConvolutionLayer.Builder(3, 3).nOut(4).activation(Activation.TANH).build())
            .layer(layer)
            .layer(new ConvolutionLayer.Builder(2, 2).nOut(3).build()),
        images(CNN2DFormat.NCHW));
  }

  private static MultiLayerNetwork initialised(ListBuilder layers, InputType input) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(layers.layer(classifier()).setInputType(input).build());
    network.init();
    return network;
  }

  /** Branches that are added and merged, with batch norms, ReLUs and a global average. */
  static ComputationGraph graph(DataType type, CNN2DFormat format) {
    ComputationGraphConfiguration configuration =
        base(type)
            .graphBuilder()
            .addInputs("image")
            .setInputTypes(images(format))
            .addLayer("stem", convolution(4, Activation.IDENTITY), "image")
            .addLayer("stem-norm", new BatchNormalization(), "stem")
            .addLayer("stem-relu", new ActivationLayer(Activation.RELU), "stem-norm")
            .addLayer("left", convolution(4, Activation.IDENTITY), "stem-relu")
            .addLayer("left-norm", new BatchNormalization(), "left")
            .addLayer("right", convolution(2, Activation.TANH), "stem-relu")
            .addVertex(
                "sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "left-norm", "stem-relu")
            .addLayer("sum-relu", new ActivationLayer(Activation.RELU), "sum")
            .addVertex("merged", new MergeVertex(), "sum-relu", "right")
            .addLayer("last", convolution(5, Activation.RELU), "merged")
            .addLayer("pool", new GlobalPoolingLayer(PoolingType.AVG), "last")
            .addLayer("classes", classifier(), "pool")
            .setOutputs("classes")
            .build();
    ComputationGraph network = new ComputationGraph(configuration);
    network.init();
    return network;
  }

  private static Layer convolution(int channels, Activation activation) {
    return new ConvolutionLayer.Builder(3, 3)
        .nOut(channels)
        .convolutionMode(ConvolutionMode.Same)
        .activation(activation)
        .build();
  }

  private static OutputLayer classifier() {
    return new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
        .activation(Activation.SOFTMAX)
        .nOut(CLASSES)
        .build();
  }

  static InputType images(CNN2DFormat format) {
    return InputType.convolutional(HEIGHT, WIDTH, CHANNELS, format);
  }

  static InputType flatImages() {
    return InputType.convolutionalFlat(HEIGHT, WIDTH, CHANNELS);
  }

  /** Channels-first images. */
  static INDArray batch(DataType type, int seed) {
    Nd4j.getRandom().setSeed(seed);
    return Nd4j.randn(type, BATCH, CHANNELS, HEIGHT, WIDTH);
  }

  static INDArray labels(DataType type) {
    INDArray labels = Nd4j.create(type, BATCH, CLASSES);
    for (int i = 0; i < BATCH; i++) {
      labels.putScalar(i, i % CLASSES, 1.0);
    }
    return labels;
  }
}
