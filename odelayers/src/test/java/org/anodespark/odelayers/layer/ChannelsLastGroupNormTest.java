/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.anodespark.odelayers.Bits;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class ChannelsLastGroupNormTest {
  private static final long PIXELS = 5 * 4;
  private static final int CHANNELS = 6;

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void givesEachGroupOfEachExampleMeanZeroAndVarianceOne(DataType type) {
    INDArray y = activate(network(type, new ChannelsLastGroupNorm.Builder(2)), images(type));
    for (int example = 0; example < y.size(0); example++) {
      for (int group = 0; group < 2; group++) {
        INDArray values =
            y.get(
                    NDArrayIndex.point(example),
                    NDArrayIndex.all(),
                    NDArrayIndex.all(),
                    NDArrayIndex.interval(3 * group, 3 * (group + 1)))
                .castTo(DataType.DOUBLE);
        assertThat(values.meanNumber().doubleValue()).isCloseTo(0, within(1e-5));
        assertThat(values.norm2Number().doubleValue())
            .isCloseTo(Math.sqrt(PIXELS * 3), within(1e-3));
      }
    }
  }

  @Test
  void scalesAndShiftsEachChannel() {
    INDArray images = images(DataType.DOUBLE);
    INDArray plain =
        activate(network(DataType.DOUBLE, new ChannelsLastGroupNorm.Builder(3)), images);
    MultiLayerNetwork network =
        network(DataType.DOUBLE, new ChannelsLastGroupNorm.Builder(3).gamma(2).beta(-1));
    network.getLayer(0).setParam("beta", Nd4j.arange(CHANNELS).castTo(DataType.DOUBLE));
    INDArray expected = plain.mul(2).addi(Nd4j.arange(CHANNELS).castTo(DataType.DOUBLE));
    assertThat(activate(network, images).distance2(expected)).isLessThan(1e-12);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void looksAtNoOtherExample(DataType type) {
    MultiLayerNetwork network = network(type, new ChannelsLastGroupNorm.Builder(2));
    INDArray images = images(type);
    INDArray alone = images.get(NDArrayIndex.interval(1, 2)).dup();
    INDArray together = activate(network, images).get(NDArrayIndex.interval(1, 2)).dup();
    assertThat(Bits.of(activate(network, alone))).isEqualTo(Bits.of(together));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void predictsWhatItTrains(DataType type) {
    MultiLayerNetwork network = network(type, new ChannelsLastGroupNorm.Builder(2));
    INDArray images = images(type);
    assertThat(Bits.of(network.output(images, false)))
        .isEqualTo(Bits.of(network.output(images, true)));
  }

  @Test
  void hasTheGradientOfItsValues() {
    LayerNetworks.assertGradientOnImages(new ChannelsLastGroupNorm.Builder(3).build());
    LayerNetworks.assertGradientOnRows(new ChannelsLastGroupNorm.Builder(1).build());
  }

  @Test
  void learnsOneScaleAndOneShiftForEachChannel() {
    MultiLayerNetwork network =
        network(DataType.FLOAT, new ChannelsLastGroupNorm.Builder(2).gamma(0.5).beta(0.25));
    assertThat(network.paramTable())
        .containsOnlyKeys("0_gamma", "0_beta")
        .hasEntrySatisfying(
            "0_gamma",
            gamma -> assertThat(gamma.toDoubleVector()).hasSize(CHANNELS).containsOnly(0.5))
        .hasEntrySatisfying(
            "0_beta",
            beta -> assertThat(beta.toDoubleVector()).hasSize(CHANNELS).containsOnly(0.25));
  }

  @Test
  void refusesGroupsThatDoNotDivideTheChannels() {
    assertThatThrownBy(() -> network(DataType.FLOAT, new ChannelsLastGroupNorm.Builder(4)))
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("has 4 groups, which do not divide its 6 channels");
  }

  @Test
  void refusesNoGroups() {
    assertThatThrownBy(() -> new ChannelsLastGroupNorm.Builder(0).build())
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("has 0 groups, expected at least 1");
  }

  @Test
  void refusesAnEpsilonThatIsNotPositive() {
    assertThatThrownBy(() -> new ChannelsLastGroupNorm.Builder(1).eps(Double.NaN).build())
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("adds NaN to the variance, expected a number above 0");
  }

  @Test
  void refusesAnActivationThatItCannotApply() {
    assertThatThrownBy(
            () -> new ChannelsLastGroupNorm.Builder(1).activation(Activation.TANH).build())
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("can apply identity or relu, but was given tanh");
  }

  @Test
  void refusesAnotherNumberOfChannels() {
    MultiLayerNetwork network = LayerNetworks.of(new ChannelsLastGroupNorm.Builder(1).build());
    assertThatThrownBy(
            () -> LayerNetworks.activate(network, Nd4j.ones(DataType.DOUBLE, 2, 7, 7, 4)))
        .isInstanceOf(DL4JInvalidInputException.class)
        .hasMessageContaining("takes 3 channels on the last axis");
  }

  private static MultiLayerNetwork network(DataType type, ChannelsLastGroupNorm.Builder layer) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .dataType(type)
                .list()
                .layer(layer.build())
                .setInputType(InputType.convolutional(5, 4, CHANNELS, CNN2DFormat.NHWC))
                .build());
    network.init();
    return network;
  }

  private static INDArray activate(MultiLayerNetwork network, INDArray images) {
    return network.output(images).dup();
  }

  private static INDArray images(DataType type) {
    return Nd4j.rand(
            Nd4j.create(DataType.DOUBLE, 3, 5, 4, CHANNELS),
            -1.0,
            3.0,
            Nd4j.getRandomFactory().getNewRandomInstance(7))
        .castTo(type);
  }
}
