/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.conversion;

import static org.anodespark.odelayers.conversion.Convertible.around;
import static org.anodespark.odelayers.conversion.Convertible.base;
import static org.anodespark.odelayers.conversion.Convertible.batch;
import static org.anodespark.odelayers.conversion.NetworkConversion.toBufferedLayers;
import static org.anodespark.odelayers.conversion.NetworkConversion.toChannelsFirst;
import static org.anodespark.odelayers.conversion.NetworkConversion.toChannelsLast;
import static org.anodespark.odelayers.conversion.NetworkConversion.toStockLayers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.anodespark.odelayers.OdeBlock;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.kernel.Nonlinearity;
import org.anodespark.odelayers.kernel.Precision;
import org.anodespark.odelayers.layer.BufferedActivation;
import org.anodespark.odelayers.layer.ChannelsLastConvolution;
import org.anodespark.odelayers.network.FieldNormalization;
import org.anodespark.odelayers.network.Normalization;
import org.anodespark.odelayers.network.OdeBlockSettings;
import org.anodespark.odelayers.network.ResidualOdeNetwork;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.SpatialDropout;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SpaceToDepthLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Which layers stay, which are joined, and which are refused. */
class RewritingTest {
  static Stream<Arguments> stockLayers() {
    return Stream.<Layer>of(
            new ConvolutionLayer.Builder(2, 2).nOut(3).activation(Activation.HARDSIGMOID).build(),
            new ConvolutionLayer.Builder(2, 2).nOut(3).weightNoise(new DropConnect(0.9)).build(),
            new Deconvolution2D.Builder(2, 2).nOut(3).stride(2, 2).build(),
            new SeparableConvolution2D.Builder(2, 2).nOut(3).build(),
            new DepthwiseConvolution2D.Builder(2, 2).depthMultiplier(2).build(),
            new BatchNormalization.Builder().lockGammaBeta(true).gamma(1.5).beta(0.3).build(),
            new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.PNORM, new int[] {2, 2})
                .pnorm(2)
                .build(),
            new Upsampling2D.Builder(2).build(),
            new ZeroPaddingLayer.Builder(1, 2).build(),
            new Cropping2D.Builder(1, 2).build(),
            new LocalResponseNormalization.Builder().build(),
            new DropoutLayer(0.5),
            new ActivationLayer(Activation.ELU))
        .map(layer -> Arguments.of(layer.getClass().getSimpleName(), layer));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stockLayers")
  void layersWithoutCounterpartStayWhereTheyCanWorkOnImagesWithChannelsLast(
      String name, Layer layer) {
    MultiLayerNetwork stock = around(DataType.DOUBLE, layer);
    MultiLayerNetwork converted = toBufferedLayers(stock);
    assertThat(converted.getLayer(1).conf().getLayer()).hasSameClassAs(layer);
    INDArray images = batch(DataType.DOUBLE, 1);
    assertClose(converted.output(toChannelsLast(images)), stock.output(images));
    assertClose(toStockLayers(converted, CNN2DFormat.NCHW).output(images), stock.output(images));
  }

  @Test
  void otherGlobalPoolingStays() {
    MultiLayerNetwork stock =
        network(new ConvolutionLayer.Builder(3, 3).nOut(4).build(), globalMaximum());
    INDArray images = batch(DataType.DOUBLE, 1);
    assertClose(toBufferedLayers(stock).output(toChannelsLast(images)), stock.output(images));
  }

  @Test
  void imagesThatComeOutHaveChannelsLastToo() {
    MultiLayerNetwork stock =
        new MultiLayerNetwork(
            base(DataType.DOUBLE)
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3).nOut(4).build())
                .layer(
                    new CnnLossLayer.Builder(LossFunctions.LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(Convertible.images(CNN2DFormat.NCHW))
                .build());
    stock.init();
    INDArray images = batch(DataType.DOUBLE, 1);
    INDArray output = toBufferedLayers(stock).output(toChannelsLast(images));
    assertClose(toChannelsFirst(output), stock.output(images));
  }

  @Test
  void layersOfRowsThatHaveNoCounterpartStayAsTheyAre() {
    MultiLayerNetwork stock =
        new MultiLayerNetwork(
            base(DataType.DOUBLE)
                .list()
                .layer(new BatchNormalization.Builder().nIn(3).nOut(3).build())
                .layer(
                    new LossLayer.Builder(LossFunctions.LossFunction.MSE)
                        .activation(Activation.SIGMOID)
                        .build())
                .build());
    stock.init();
    MultiLayerNetwork converted = toBufferedLayers(stock);
    // nothing says that these are rows, and not sequences
    assertThat(converted.getLayer(0).conf().getLayer())
        .isEqualTo(stock.getLayer(0).conf().getLayer());
    INDArray rows = Nd4j.rand(DataType.DOUBLE, 4, 3);
    assertClose(converted.output(rows), stock.output(rows));
  }

  @Test
  void anActivationBecomesAPartOfTheConvolutionBeforeIt() {
    MultiLayerNetwork stock =
        network(
            new ConvolutionLayer.Builder(3, 3).nOut(4).activation(Activation.IDENTITY).build(),
            new ActivationLayer(Activation.TANH),
            globalMaximum());
    MultiLayerNetwork converted = toBufferedLayers(stock);
    assertThat(converted.getnLayers()).isEqualTo(3);
    assertThat(((ChannelsLastConvolution) converted.getLayer(0).conf().getLayer()).follower())
        .isEqualTo(Nonlinearity.TANH);
    INDArray images = batch(DataType.DOUBLE, 1);
    assertClose(converted.output(toChannelsLast(images)), stock.output(images));
  }

  @Test
  void anActivationBehindAnotherOneStaysALayer() {
    MultiLayerNetwork converted =
        toBufferedLayers(around(DataType.DOUBLE, new ActivationLayer(Activation.TANH)));
    assertThat(converted.getLayer(1).conf().getLayer()).isInstanceOf(BufferedActivation.class);
  }

  @Test
  void aResultThatOthersReadTooKeepsItsActivationApart() {
    ComputationGraph graph =
        new ComputationGraph(
            base(DataType.DOUBLE)
                .graphBuilder()
                .addInputs("image")
                .setInputTypes(Convertible.images(CNN2DFormat.NCHW))
                .addLayer("norm", new BatchNormalization(), "image")
                .addLayer("relu", new ActivationLayer(Activation.RELU), "norm")
                .addVertex(
                    "both", new org.deeplearning4j.nn.conf.graph.MergeVertex(), "norm", "relu")
                .addLayer("pool", new GlobalPoolingLayer(PoolingType.AVG), "both")
                .addLayer("classes", classifier(), "pool")
                .setOutputs("classes")
                .build());
    graph.init();
    ComputationGraph converted = toBufferedLayers(graph);
    assertThat(converted.getLayer("relu").conf().getLayer()).isInstanceOf(BufferedActivation.class);
    INDArray images = batch(DataType.DOUBLE, 1);
    assertClose(converted.outputSingle(toChannelsLast(images)), graph.outputSingle(images));
  }

  @Test
  void blocksStayOnImagesWithChannelsLast() {
    ComputationGraph network =
        new ComputationGraph(
            new ResidualOdeNetwork(
                    List.of(2, 3),
                    1,
                    new Normalization(FieldNormalization.NONE, 0.9),
                    new OdeBlockSettings(
                        new Euler(),
                        new FixedSteps(1),
                        new FullStorage(),
                        List.of(),
                        Precision.NETWORK))
                .configure(
                    new NeuralNetConfiguration.Builder().seed(1).dataType(DataType.DOUBLE),
                    Convertible.HEIGHT,
                    Convertible.WIDTH,
                    Convertible.CHANNELS,
                    2));
    network.init();
    INDArray images = toChannelsLast(batch(DataType.DOUBLE, 1));
    ComputationGraph stock = toStockLayers(network, CNN2DFormat.NHWC);
    assertThat(stock.getLayer("ode1").conf().getLayer()).isInstanceOf(OdeBlock.class);
    assertThat(stock.getLayer("stem").conf().getLayer()).hasSameClassAs(new ConvolutionLayer());
    assertClose(stock.outputSingle(images), network.outputSingle(images));
    assertClose(toBufferedLayers(stock).outputSingle(images), network.outputSingle(images));
    assertThatThrownBy(() -> toStockLayers(network, CNN2DFormat.NCHW))
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("\"ode1\" (OdeBlock)")
        .hasMessageContaining("channels first");
  }

  @Test
  void refusesALayerThatNeedsChannelsFirst() {
    SpaceToDepthLayer layer = new SpaceToDepthLayer();
    layer.setLayerName("rearranged");
    layer.setBlockSize(2);
    layer.setDataFormat(CNN2DFormat.NCHW);
    MultiLayerNetwork network =
        network(
            new ConvolutionLayer.Builder(2, 3).nOut(4).build(),
            layer,
            new ConvolutionLayer.Builder(2, 2).nOut(3).build(),
            globalMaximum());
    assertThatThrownBy(() -> toBufferedLayers(network))
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("\"rearranged\" (SpaceToDepthLayer)")
        .hasMessageContaining("cannot work on images with channels last");
  }

  @Test
  void refusesASoftmaxOverTheChannelsOfImages() {
    MultiLayerNetwork network =
        around(DataType.DOUBLE, named(new ActivationLayer(Activation.SOFTMAX), "shares"));
    assertThatThrownBy(() -> toBufferedLayers(network))
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("\"shares\" (ActivationLayer)");
  }

  @Test
  void refusesDropoutOfWholeChannels() {
    MultiLayerNetwork network =
        around(
            DataType.DOUBLE,
            named(new DropoutLayer.Builder().dropOut(new SpatialDropout(0.5)).build(), "dropped"));
    assertThatThrownBy(() -> toBufferedLayers(network))
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("\"dropped\" (DropoutLayer)");
  }

  @Test
  void refusesAPartOfTheChannels() {
    ComputationGraph graph =
        new ComputationGraph(
            base(DataType.DOUBLE)
                .graphBuilder()
                .addInputs("image")
                .addVertex("part", new SubsetVertex(0, 1), "image")
                .addLayer(
                    "convolution",
                    new ConvolutionLayer.Builder(3, 3).nIn(2).nOut(2).build(),
                    "part")
                .addLayer("pool", new GlobalPoolingLayer(PoolingType.AVG), "convolution")
                .addLayer("classes", new OutputLayer.Builder().nIn(2).nOut(2).build(), "pool")
                .setOutputs("classes")
                .build());
    graph.init();
    assertThatThrownBy(() -> toBufferedLayers(graph))
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("\"part\" (SubsetVertex)");
  }

  @Test
  void refusesToTakeGroupsBackToDl4j() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            base(DataType.DOUBLE)
                .list()
                .layer(
                    new ChannelsLastConvolution.Builder(3, 3)
                        .name("grouped")
                        .nOut(6)
                        .groups(3)
                        .build())
                .layer(globalMaximum())
                .layer(classifier())
                .setInputType(Convertible.images(CNN2DFormat.NHWC))
                .build());
    network.init();
    assertThatThrownBy(() -> toStockLayers(network, CNN2DFormat.NHWC))
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("\"grouped\" is a convolution with 3 groups");
  }

  @Test
  void refusesToTakeRowsOfChannelsLastImagesBackToChannelsFirst() {
    MultiLayerNetwork network =
        toBufferedLayers(
            Convertible.chain(DataType.FLOAT, Convertible.images(CNN2DFormat.NHWC), false));
    assertThatThrownBy(() -> toStockLayers(network, CNN2DFormat.NCHW))
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("CnnToFeedForwardPreProcessor")
        .hasMessageContaining("NCHW");
    assertThat(toStockLayers(network, CNN2DFormat.NHWC).numParams()).isEqualTo(network.numParams());
  }

  private static MultiLayerNetwork network(Layer... layers) {
    var list = base(DataType.DOUBLE).list();
    Arrays.asList(layers).forEach(list::layer);
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            list.layer(classifier()).setInputType(Convertible.images(CNN2DFormat.NCHW)).build());
    network.init();
    return network;
  }

  private static GlobalPoolingLayer globalMaximum() {
    return new GlobalPoolingLayer(PoolingType.MAX);
  }

  private static OutputLayer classifier() {
    return new OutputLayer.Builder(LossFunctions.LossFunction.MSE)
        .activation(Activation.TANH)
        .nOut(2)
        .build();
  }

  private static Layer named(Layer layer, String name) {
    layer.setLayerName(name);
    return layer;
  }

  private static void assertClose(INDArray actual, INDArray expected) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    assertThat(actual.sub(expected).amaxNumber().doubleValue()).isLessThan(1e-10);
  }
}
