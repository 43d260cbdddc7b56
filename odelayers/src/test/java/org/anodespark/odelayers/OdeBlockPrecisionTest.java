/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.kernel.KernelBackend;
import org.anodespark.odelayers.kernel.KernelChoice;
import org.anodespark.odelayers.kernel.Precision;
import org.anodespark.odelayers.layer.ChannelsLastBatchNorm;
import org.anodespark.odelayers.layer.ChannelsLastConvolution;
import org.anodespark.odelayers.solver.rungekutta.ClassicRungeKutta;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Blocks in single precision and in bfloat16, against the same block in double precision. */
class OdeBlockPrecisionTest {
  private static final int SIZE = 6;
  private static final int CHANNELS = 16;
  private static final int BATCH = 4;

  @Test
  void singlePrecisionAgreesWithDoublePrecision() {
    Differentiated expected = differentiate(DataType.DOUBLE, Precision.NETWORK, new FullStorage());
    Differentiated actual = differentiate(DataType.FLOAT, Precision.NETWORK, new FullStorage());
    assertThat(relativeDifference(actual.output, expected.output)).isLessThan(1e-5);
    assertThat(relativeDifference(actual.inputGradient, expected.inputGradient)).isLessThan(1e-4);
    assertThat(relativeDifference(actual.gradient, expected.gradient)).isLessThan(1e-4);
  }

  @Test
  void bfloat16AgreesWithDoublePrecisionToItsOwnAccuracy() {
    Differentiated expected = differentiate(DataType.DOUBLE, Precision.NETWORK, new FullStorage());
    Differentiated actual = differentiate(DataType.FLOAT, Precision.BFLOAT16, new FullStorage());
    assertThat(actual.output.dataType()).isEqualTo(DataType.FLOAT);
    assertThat(relativeDifference(actual.output, expected.output)).isBetween(1e-5, 2e-2);
    assertThat(relativeDifference(actual.inputGradient, expected.inputGradient)).isLessThan(5e-2);
    assertThat(relativeDifference(actual.gradient, expected.gradient)).isLessThan(5e-2);
  }

  @ParameterizedTest
  @EnumSource
  void strategiesAgreeToTheBitInEveryPrecision(Precision precision) {
    Differentiated full = differentiate(DataType.FLOAT, precision, new FullStorage());
    Differentiated anode = differentiate(DataType.FLOAT, precision, new AnodeCheckpoint());
    assertThat(Bits.of(anode.output)).isEqualTo(Bits.of(full.output));
    assertThat(Bits.of(anode.inputGradient)).isEqualTo(Bits.of(full.inputGradient));
    assertThat(Bits.of(anode.gradient)).isEqualTo(Bits.of(full.gradient));
  }

  @Test
  void bfloat16KeepsActivationsInHalfTheBytes() {
    long image = (long) BATCH * SIZE * SIZE * CHANNELS;
    long narrow = differentiate(DataType.FLOAT, Precision.BFLOAT16, new FullStorage()).keptBytes;
    long wide = differentiate(DataType.FLOAT, Precision.NETWORK, new FullStorage()).keptBytes;
    // 2 steps of 4 stages; 3 activations each in either type, and a copy of the argument in
    // bfloat16
    assertThat(wide - narrow).isEqualTo(8 * image * (3 * (4 - 2) - 2));
  }

  @Test
  void refusesBfloat16InANetworkOfDoublePrecision() {
    assertThatThrownBy(() -> differentiate(DataType.DOUBLE, Precision.BFLOAT16, new FullStorage()))
        .hasMessageContaining("for networks of type FLOAT, not DOUBLE");
  }

  @Test
  void refusesBfloat16WithoutOneDnn() {
    KernelBackend.choose(KernelChoice.ND4J);
    try {
      assertThatThrownBy(() -> differentiate(DataType.FLOAT, Precision.BFLOAT16, new FullStorage()))
          .hasMessageContaining("needs oneDNN, but the kernels here are those of ND4J");
    } finally {
      KernelBackend.choose(KernelChoice.AUTO);
    }
  }

  @Test
  void refusesBfloat16WithLayersThatDoNotKnowIt() {
    assertThatThrownBy(
            () ->
                network(
                    DataType.FLOAT,
                    Precision.BFLOAT16,
                    new FullStorage(),
                    InputType.feedForward(4),
                    new DenseLayer.Builder().nOut(4).build()))
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("DenseLayer in its dynamics cannot compute in bf16");
  }

  private record Differentiated(
      INDArray output, INDArray inputGradient, INDArray gradient, long keptBytes) {}

  private static Differentiated differentiate(
      DataType type, Precision precision, AdjointStrategy adjoint) {
    MultiLayerNetwork network =
        network(
            type,
            precision,
            adjoint,
            InputType.convolutional(SIZE, SIZE, CHANNELS, CNN2DFormat.NHWC),
            convolution(),
            norm(Activation.RELU),
            convolution(),
            norm(Activation.IDENTITY));
    OdeBlockLayer block = (OdeBlockLayer) network.getLayer(0);
    INDArray gradient = Nd4j.create(type, 1, block.numParams());
    block.setBackpropGradientsViewArray(gradient);
    block.setParams(draw(1, 1, block.numParams()).castTo(type).addi(0.3));
    LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.noWorkspaces();
    block.setInput(draw(2, BATCH, SIZE, SIZE, CHANNELS).castTo(type), workspaces);
    INDArray output = block.activate(true, workspaces);
    INDArray inputGradient =
        block
            .backpropGradient(draw(3, BATCH, SIZE, SIZE, CHANNELS).castTo(type), workspaces)
            .getSecond();
    return new Differentiated(
        output.dup(), inputGradient.dup(), gradient, block.statistics().peakSavedBytes());
  }

  private static MultiLayerNetwork network(
      DataType type,
      Precision precision,
      AdjointStrategy adjoint,
      InputType input,
      Layer... dynamics) {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .dataType(type)
            .updater(new NoOp())
            .list()
            .layer(
                new OdeBlock.Builder()
                    .dynamics(dynamics)
                    .solver(new ClassicRungeKutta())
                    .steps(2)
                    .adjoint(adjoint)
                    .precision(precision)
                    .build())
            .layer(
                new LossLayer.Builder(LossFunctions.LossFunction.MSE)
                    .activation(Activation.IDENTITY)
                    .build())
            .setInputType(input)
            .build();
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  private static ChannelsLastConvolution convolution() {
    return new ChannelsLastConvolution.Builder(3, 3).nOut(CHANNELS).build();
  }

  private static ChannelsLastBatchNorm norm(Activation activation) {
    return new ChannelsLastBatchNorm.Builder().activation(activation).build();
  }

  private static INDArray draw(long seed, long... shape) {
    return Nd4j.rand(
        Nd4j.create(DataType.DOUBLE, shape),
        -0.5,
        0.5,
        Nd4j.getRandomFactory().getNewRandomInstance(seed));
  }

  private static double relativeDifference(INDArray actual, INDArray expected) {
    return actual.castTo(DataType.DOUBLE).distance2(expected)
        / expected.norm2Number().doubleValue();
  }
}
