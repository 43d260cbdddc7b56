/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.dynamics.NoTime;
import org.anodespark.odelayers.dynamics.TimeAsChannel;
import org.anodespark.odelayers.dynamics.TimeAsChannelOfEveryLayer;
import org.anodespark.odelayers.dynamics.TimeAsScale;
import org.anodespark.odelayers.dynamics.TimeInput;
import org.anodespark.odelayers.layer.BufferedDense;
import org.anodespark.odelayers.layer.ChannelsLastBatchNorm;
import org.anodespark.odelayers.layer.ChannelsLastConvolution;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.rungekutta.ClassicRungeKutta;
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;

/** ODE blocks whose dynamics depend on time. */
class OdeBlockTimeInputTest {
  private static final List<TimeInput> TIME_INPUTS =
      List.of(new TimeAsChannel(), new TimeAsScale(0.5, -1.5));

  @BeforeAll
  static void useDoublePrecision() {
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
  }

  @AfterAll
  static void restorePrecision() {
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
  }

  @Test
  void solvesALinearEquationWithATimeDependentRateToItsClosedForm() {
    double offset = 0.5;
    double rate = -0.75;
    double k = 1.25;
    MultiLayerNetwork network =
        network(
            new OdeBlock.Builder()
                .dynamics(
                    new DenseLayer.Builder()
                        .nIn(2)
                        .nOut(2)
                        .hasBias(false)
                        .activation(Activation.IDENTITY)
                        .build())
                .timeInput(new TimeAsScale(offset, rate))
                .interval(0.25, 2.0)
                .solver(new ClassicRungeKutta())
                .steps(50)
                .build(),
            null);
    network.getLayer(0).setParam("0.W", Nd4j.eye(2).castTo(DataType.DOUBLE).muli(k));
    INDArray y = Nd4j.createFromArray(new double[][] {{1, -2}, {0.5, 3}});
    double exponent = k * (offset * (2.0 - 0.25) + rate / 2 * (2.0 * 2.0 - 0.25 * 0.25));
    assertThat(network.output(y).distance2(y.mul(Math.exp(exponent)))).isLessThan(1e-7);
  }

  @ParameterizedTest
  @EnumSource
  void putsTheTimeOnTheSameAxisWhenTheNetworkIsConfiguredByHand(Layout layout) {
    MultiLayerNetwork byHand =
        network(
            block(
                new TimeAsChannel(),
                layout.layer(3, 4, Activation.TANH),
                layout.layer(4, 2, Activation.TANH)),
            null);
    MultiLayerNetwork inferred =
        network(
            block(
                new TimeAsChannel(),
                layout.layer(0, 4, Activation.TANH),
                layout.layer(0, 2, Activation.TANH)),
            layout.inputType());
    inferred.setParams(byHand.params());
    assertThat(Bits.of(byHand.output(layout.batch())))
        .isEqualTo(Bits.of(inferred.output(layout.batch())));
  }

  @Test
  void dependsOnWhenItStarts() {
    for (TimeInput timeInput : TIME_INPUTS) {
      OdeBlock block = block(timeInput, Layout.ROWS.layer(0, 2, Activation.TANH));
      MultiLayerNetwork early = network(block, Layout.ROWS.inputType());
      OdeBlock shifted = block.clone();
      shifted.setStartTime(3.0);
      shifted.setEndTime(4.0);
      MultiLayerNetwork late = network(shifted, Layout.ROWS.inputType());
      late.setParams(early.params());
      INDArray x = Layout.ROWS.batch();
      assertThat(late.output(x).distance2(early.output(x))).isGreaterThan(0.01);
    }
  }

  static Stream<TimeInput> timeInputs() {
    return Stream.concat(
        Stream.of(new NoTime(), new TimeAsChannelOfEveryLayer()), TIME_INPUTS.stream());
  }

  @ParameterizedTest
  @MethodSource("timeInputs")
  void survivesJson(TimeInput timeInput) {
    MultiLayerConfiguration configuration =
        Layout.CHANNELS_LAST
            .classifier(block(timeInput, convolution()), new NoOp())
            .getLayerWiseConfigurations();
    MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(configuration.toJson());
    assertThat(read.getConf(1).getLayer()).isEqualTo(configuration.getConf(1).getLayer());
    assertThat(((OdeBlock) read.getConf(1).getLayer()).getTimeInput()).isEqualTo(timeInput);
    assertThat(read.toJson()).isEqualTo(configuration.toJson());
  }

  @ParameterizedTest
  @MethodSource("timeInputs")
  void survivesJavaSerialisation(TimeInput timeInput) throws IOException, ClassNotFoundException {
    OdeBlock block = block(timeInput, convolution());
    assertThat(RoundTrip.javaSerialisation(block)).isEqualTo(block);
  }

  @ParameterizedTest
  @MethodSource("timeInputs")
  void predictsTheSameAfterSavingAndLoading(TimeInput timeInput, @TempDir Path folder)
      throws IOException {
    for (Layout layout :
        timeInput instanceof TimeAsChannelOfEveryLayer
            ? new Layout[] {Layout.CHANNELS_LAST}
            : Layout.values()) {
      MultiLayerNetwork network =
          layout.classifier(
              block(timeInput, layout.layer(0, 2, Activation.TANH)), new Nesterovs(0.01, 0.9));
      network.fit(layout.data());
      network.save(folder.resolve("model.zip").toFile());
      MultiLayerNetwork loaded = MultiLayerNetwork.load(folder.resolve("model.zip").toFile(), true);
      assertThat(Bits.of(loaded.output(layout.batch())))
          .isEqualTo(Bits.of(network.output(layout.batch())));
      network.fit(layout.data());
      loaded.fit(layout.data());
      assertThat(Bits.of(loaded.params())).isEqualTo(Bits.of(network.params()));
    }
  }

  @Test
  void isPartOfTheValueOfABlock() {
    OdeBlock block = block(new TimeAsChannel(), convolution());
    assertThat(block.clone()).isEqualTo(block).hasSameHashCodeAs(block);
    assertThat(block).isNotEqualTo(block(new NoTime(), convolution()));
    assertThat(block(new TimeAsScale(1, 2), convolution()))
        .isNotEqualTo(block(new TimeAsScale(1, 3), convolution()));
    assertThat(block).asString().contains("timeInput=TimeAsChannel");
  }

  @Test
  void namesTheTimeInTheShapesOfDynamicsThatDoNotFit() {
    OdeBlock block = block(new TimeAsChannel(), Layout.ROWS.layer(3, 5, Activation.TANH));
    assertThatThrownBy(() -> block.getOutputType(0, InputType.feedForward(2)))
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining(
            "InputTypeFeedForward(2) -> TimeAsChannel InputTypeFeedForward(3) -> DenseLayer"
                + " InputTypeFeedForward(5)");
  }

  @Test
  void givesEveryLayerWithWeightsOneMoreInputThanItIsGiven() {
    MultiLayerNetwork network =
        network(
            block(
                new TimeAsChannelOfEveryLayer(),
                new BufferedDense.Builder().nOut(7).activation(Activation.TANH).build(),
                new ChannelsLastBatchNorm.Builder().build(),
                new BufferedDense.Builder().nOut(2).build()),
            InputType.feedForward(2));
    assertThat(network.getLayer(0).getParam("0.W").shape()).containsExactly(2 + 1, 7);
    assertThat(network.getLayer(0).getParam("1.gamma").length()).isEqualTo(7);
    assertThat(network.getLayer(0).getParam("2.W").shape()).containsExactly(7 + 1, 2);
  }

  @Test
  void refusesToGiveTheTimeToEveryLayerWhereOneIsDl4js() {
    OdeBlock block =
        block(
            new TimeAsChannelOfEveryLayer(),
            new BufferedDense.Builder().nOut(7).build(),
            new DenseLayer.Builder().nOut(2).build());
    assertThatThrownBy(() -> network(block, InputType.feedForward(2)))
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("DenseLayer in its field is a layer of DL4J")
        .hasMessageContaining("use layers of this library");
  }

  @Test
  void refusesToGiveTheTimeToAConvolutionInGroups() {
    OdeBlock block =
        block(
            new TimeAsChannelOfEveryLayer(),
            new ChannelsLastConvolution.Builder(3, 3).nOut(2).groups(2).build());
    assertThatThrownBy(() -> network(block, Layout.CHANNELS_LAST.inputType()))
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("has 2 groups")
        .hasMessageContaining("use 1 group");
  }

  @Test
  void refusesABlockWithoutTimeInput() {
    assertThatThrownBy(() -> block(null, convolution()))
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("timeInput(...) is null; leave it out");
  }

  @ParameterizedTest
  @MethodSource("timeInputs")
  void allocatesNothingAfterTheFirstIteration(TimeInput timeInput) {
    MultiLayerNetwork network =
        Layout.CHANNELS_LAST.classifier(
            block(
                timeInput,
                new ChannelsLastConvolution.Builder(3, 3)
                    .nOut(2)
                    .activation(Activation.RELU)
                    .build()),
            new Sgd(0.01));
    ArrayPool pool = ArrayPool.ofCurrentThread(DataType.DOUBLE);
    network.fit(Layout.CHANNELS_LAST.data());
    network.output(Layout.CHANNELS_LAST.batch());
    long allocated = pool.bytesAllocated();
    long inUse = pool.bytesInUse();
    for (int i = 0; i < 3; i++) {
      network.fit(Layout.CHANNELS_LAST.data());
      network.output(Layout.CHANNELS_LAST.batch());
    }
    assertThat(pool.bytesAllocated()).isEqualTo(allocated).isPositive();
    assertThat(pool.bytesInUse()).isEqualTo(inUse);
  }

  @Test
  void countsTheWidenedInputInTheEstimateOfMemory() {
    assertThat(trainingMemory(new TimeAsChannel()) - trainingMemory(new NoTime()))
        .as("three features more in each of two kept evaluations")
        .isEqualTo(2 * 3);
  }

  private static long trainingMemory(TimeInput timeInput) {
    InputType rows = Layout.ROWS.inputType();
    OdeBlock block = block(timeInput, Layout.ROWS.layer(0, 2, Activation.TANH));
    return network(block, rows)
        .getLayerWiseConfigurations()
        .getConf(0)
        .getLayer()
        .getMemoryReport(rows)
        .getWorkingMemoryVariableTrain()
        .get(CacheMode.NONE);
  }

  private static Layer convolution() {
    return new ChannelsLastConvolution.Builder(3, 3).nOut(2).build();
  }

  private static OdeBlock block(TimeInput timeInput, Layer... dynamics) {
    return new OdeBlock.Builder()
        .dynamics(dynamics)
        .timeInput(timeInput)
        .solver(new Euler())
        .steps(2)
        .adjoint(new FullStorage())
        .build();
  }

  /** The block alone; without an input type every layer must know its number of inputs. */
  private static MultiLayerNetwork network(OdeBlock block, InputType inputType) {
    var list = Networks.base(new NoOp(), WorkspaceMode.ENABLED).list().layer(block);
    if (inputType != null) {
      list.setInputType(inputType);
    }
    MultiLayerNetwork network = new MultiLayerNetwork(list.build());
    network.init();
    return network;
  }
}
