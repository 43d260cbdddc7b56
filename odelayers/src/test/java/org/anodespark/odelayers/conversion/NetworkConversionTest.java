/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.conversion;

import static org.anodespark.odelayers.conversion.Convertible.batch;
import static org.anodespark.odelayers.conversion.Convertible.labels;
import static org.anodespark.odelayers.conversion.NetworkConversion.toBufferedLayers;
import static org.anodespark.odelayers.conversion.NetworkConversion.toChannelsFirst;
import static org.anodespark.odelayers.conversion.NetworkConversion.toChannelsLast;
import static org.anodespark.odelayers.conversion.NetworkConversion.toStockLayers;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.anodespark.odelayers.Bits;
import org.anodespark.odelayers.layer.BufferedActivation;
import org.anodespark.odelayers.layer.BufferedDense;
import org.anodespark.odelayers.layer.ChannelsLastBatchNorm;
import org.anodespark.odelayers.layer.ChannelsLastConvolution;
import org.anodespark.odelayers.layer.ChannelsLastPooling;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class NetworkConversionTest {
  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void aChainComputesTheSameOnImagesWithChannelsLast(DataType type) {
    MultiLayerNetwork stock = trained(chain(type));
    MultiLayerNetwork buffered = toBufferedLayers(stock);
    INDArray images = batch(type, 1);
    assertClose(buffered.output(toChannelsLast(images)), stock.output(images));
    assertClose(buffered.output(toChannelsLast(images), true), stock.output(images, true));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void aGraphComputesTheSameOnImagesWithChannelsLast(DataType type) {
    ComputationGraph stock = trained(Convertible.graph(type, CNN2DFormat.NCHW));
    ComputationGraph buffered = toBufferedLayers(stock);
    INDArray images = batch(type, 1);
    assertClose(buffered.outputSingle(toChannelsLast(images)), stock.outputSingle(images));
    assertClose(
        buffered.outputSingle(true, toChannelsLast(images)), stock.outputSingle(true, images));
  }

  @Test
  void networksOnFlatImagesKeepTheirInput() {
    MultiLayerNetwork stock = Convertible.chain(DataType.DOUBLE, Convertible.flatImages(), false);
    MultiLayerNetwork buffered = toBufferedLayers(stock);
    INDArray rows = batch(DataType.DOUBLE, 1).reshape('c', Convertible.BATCH, -1);
    assertClose(buffered.output(rows), stock.output(rows));
    assertClose(toStockLayers(buffered, CNN2DFormat.NCHW).output(rows), stock.output(rows));
  }

  @Test
  void networksOnImagesWithChannelsLastKeepTheirInput() {
    MultiLayerNetwork chain =
        Convertible.chain(DataType.DOUBLE, Convertible.images(CNN2DFormat.NHWC), false);
    ComputationGraph graph = Convertible.graph(DataType.DOUBLE, CNN2DFormat.NHWC);
    INDArray images = toChannelsLast(batch(DataType.DOUBLE, 1));
    assertClose(toBufferedLayers(chain).output(images), chain.output(images));
    assertClose(toBufferedLayers(graph).outputSingle(images), graph.outputSingle(images));
  }

  @ParameterizedTest
  @EnumSource
  void goBackToTheSameFunctionInEitherFormat(CNN2DFormat format) {
    MultiLayerNetwork chain = trained(chain(DataType.DOUBLE));
    ComputationGraph graph = trained(Convertible.graph(DataType.DOUBLE, CNN2DFormat.NCHW));
    INDArray images = batch(DataType.DOUBLE, 1);
    INDArray formatted = format == CNN2DFormat.NCHW ? images : toChannelsLast(images);
    assertClose(
        toStockLayers(toBufferedLayers(chain), format).output(formatted), chain.output(images));
    assertClose(
        toStockLayers(toBufferedLayers(graph), format).outputSingle(formatted),
        graph.outputSingle(images));
  }

  @Test
  void thereAndBackGivesTheSameParametersBitForBit() {
    MultiLayerNetwork chain =
        trained(Convertible.chain(DataType.FLOAT, Convertible.images(CNN2DFormat.NCHW), false));
    MultiLayerNetwork chainAgain = toStockLayers(toBufferedLayers(chain), CNN2DFormat.NCHW);
    assertThat(Bits.of(chainAgain.params())).isEqualTo(Bits.of(chain.params()));
    assertThat(Bits.of(chainAgain.getUpdater().getStateViewArray()))
        .isEqualTo(Bits.of(chain.getUpdater().getStateViewArray()));

    ComputationGraph graph =
        withVariances(trained(Convertible.graph(DataType.FLOAT, CNN2DFormat.NCHW)));
    ComputationGraph graphAgain = toStockLayers(toBufferedLayers(graph), CNN2DFormat.NCHW);
    assertThat(graphAgain.paramTable()).containsOnlyKeys(graph.paramTable().keySet());
    graph
        .paramTable()
        .forEach(
            (name, value) ->
                assertThat(Bits.of(graphAgain.getParam(name))).isEqualTo(Bits.of(value)));
  }

  /** The same network, which keeps variances: what comes back from a conversion always does. */
  private static ComputationGraph withVariances(ComputationGraph network) {
    return toStockLayers(toBufferedLayers(network), CNN2DFormat.NCHW);
  }

  @Test
  void trainingGoesOnAsBefore() {
    MultiLayerNetwork chain =
        trained(Convertible.chain(DataType.DOUBLE, Convertible.images(CNN2DFormat.NCHW), false));
    MultiLayerNetwork chainConverted = toBufferedLayers(chain);
    ComputationGraph graph =
        trained(withVariances(Convertible.graph(DataType.DOUBLE, CNN2DFormat.NCHW)));
    ComputationGraph graphConverted = toBufferedLayers(graph);
    for (int i = 0; i < 3; i++) {
      INDArray images = batch(DataType.DOUBLE, 20 + i);
      chain.fit(images, labels(DataType.DOUBLE));
      chainConverted.fit(toChannelsLast(images), labels(DataType.DOUBLE));
      fit(graph, images);
      fit(graphConverted, toChannelsLast(images));
    }
    assertClose(chainConverted.params(), chain.params());
    assertThat(graphConverted.paramTable()).containsOnlyKeys(graph.paramTable().keySet());
    graph.paramTable().forEach((name, value) -> assertClose(graphConverted.getParam(name), value));
  }

  @Test
  void countsOfIterationsGoOver() {
    MultiLayerNetwork chain = trained(chain(DataType.FLOAT));
    ComputationGraph graph = trained(Convertible.graph(DataType.FLOAT, CNN2DFormat.NCHW));
    graph.incrementEpochCount();
    assertThat(toBufferedLayers(chain).getIterationCount()).isEqualTo(3);
    assertThat(toBufferedLayers(graph).getIterationCount()).isEqualTo(3);
    assertThat(toBufferedLayers(graph).getEpochCount()).isEqualTo(1);
  }

  @Test
  void theGivenNetworkStaysAsItIs() {
    MultiLayerNetwork chain = trained(chain(DataType.FLOAT));
    String configuration = chain.getLayerWiseConfigurations().toJson();
    INDArray parameters = chain.params().dup();
    MultiLayerNetwork converted = toBufferedLayers(chain);
    converted.fit(toChannelsLast(batch(DataType.FLOAT, 3)), labels(DataType.FLOAT));
    assertThat(chain.getLayerWiseConfigurations().toJson()).isEqualTo(configuration);
    assertThat(Bits.of(chain.params())).isEqualTo(Bits.of(parameters));
  }

  @Test
  void everyLayerThatHasACounterpartIsReplaced() {
    MultiLayerNetwork converted = toBufferedLayers(chain(DataType.FLOAT));
    List<Class<?>> types =
        Arrays.stream(converted.getLayers())
            .<Class<?>>map(layer -> layer.conf().getLayer().getClass())
            .toList();
    assertThat(types)
        .containsExactly(
            ChannelsLastConvolution.class,
            ChannelsLastPooling.class,
            ChannelsLastConvolution.class,
            ChannelsLastBatchNorm.class,
            ChannelsLastPooling.class,
            BufferedActivation.class,
            BufferedDense.class,
            ChannelsLastBatchNorm.class,
            DenseLayer.class,
            OutputLayer.class);
  }

  @Test
  void aReluBehindABatchNormBecomesAPartOfIt() {
    ComputationGraph converted =
        toBufferedLayers(Convertible.graph(DataType.FLOAT, CNN2DFormat.NCHW));
    assertThat(bean(converted, "stem-norm").rectified()).isTrue();
    assertThat(bean(converted, "left-norm").rectified()).isFalse();
    assertThat(converted.getVertex("stem-relu")).isNull();
    assertThat(converted.getConfiguration().getVertexInputs().get("sum"))
        .containsExactly("left-norm", "stem-norm");
  }

  private static ChannelsLastBatchNorm bean(ComputationGraph network, String name) {
    return (ChannelsLastBatchNorm) network.getLayer(name).conf().getLayer();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void convertedNetworksCanBeSavedAndCloned(boolean back) throws IOException {
    ComputationGraph converted =
        toBufferedLayers(trained(Convertible.graph(DataType.FLOAT, CNN2DFormat.NCHW)));
    if (back) {
      converted = toStockLayers(converted, CNN2DFormat.NCHW);
    }
    INDArray images = batch(DataType.FLOAT, 1);
    INDArray input = back ? images : toChannelsLast(images);
    INDArray expected = converted.outputSingle(input);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ModelSerializer.writeModel(converted, bytes, true);
    ComputationGraph read =
        ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(bytes.toByteArray()));
    assertThat(read.outputSingle(input)).isEqualTo(expected);
    assertThat(converted.clone().outputSingle(input)).isEqualTo(expected);
  }

  @Test
  void chainsCanBeSavedWithTheirPreprocessors() throws IOException {
    MultiLayerNetwork converted =
        toBufferedLayers(Convertible.chain(DataType.FLOAT, Convertible.flatImages(), true));
    INDArray rows = batch(DataType.FLOAT, 1).reshape('c', Convertible.BATCH, -1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ModelSerializer.writeModel(converted, bytes, true);
    MultiLayerNetwork read =
        ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(bytes.toByteArray()));
    assertThat(read.output(rows)).isEqualTo(converted.output(rows));
  }

  @Test
  void imagesGoThereAndBack() {
    INDArray images = batch(DataType.FLOAT, 1);
    INDArray last = toChannelsLast(images);
    assertThat(last.shape()).containsExactly(4, 9, 8, 3);
    assertThat(last.getDouble(1, 2, 3, 0)).isEqualTo(images.getDouble(1, 0, 2, 3));
    assertThat(toChannelsFirst(last)).isEqualTo(images);
  }

  private static MultiLayerNetwork chain(DataType type) {
    return Convertible.chain(type, Convertible.images(CNN2DFormat.NCHW), true);
  }

  /** Three iterations, so that running statistics and moments are not what they were at first. */
  private static MultiLayerNetwork trained(MultiLayerNetwork network) {
    DataType type = network.getLayerWiseConfigurations().getDataType();
    for (int i = 0; i < 3; i++) {
      network.fit(batch(type, 10 + i), labels(type));
    }
    return network;
  }

  private static ComputationGraph trained(ComputationGraph network) {
    for (int i = 0; i < 3; i++) {
      fit(network, batch(network.getConfiguration().getDataType(), 10 + i));
    }
    return network;
  }

  private static void fit(ComputationGraph network, INDArray images) {
    network.fit(new INDArray[] {images}, new INDArray[] {labels(images.dataType())});
  }

  private static void assertClose(INDArray actual, INDArray expected) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    double tolerance = expected.dataType() == DataType.FLOAT ? 1e-5 : 1e-10;
    assertThat(actual.sub(expected).amaxNumber().doubleValue()).isLessThan(tolerance);
  }
}
