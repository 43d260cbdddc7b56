/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.anodespark.odelayers.layer.ActivationErfGELU;
import org.anodespark.odelayers.layer.BufferedActivation;
import org.anodespark.odelayers.layer.BufferedDense;
import org.anodespark.odelayers.layer.ChannelsLastBatchNorm;
import org.anodespark.odelayers.layer.ChannelsLastBatchNormPerStep;
import org.anodespark.odelayers.layer.ChannelsLastConvolution;
import org.anodespark.odelayers.layer.ChannelsLastGroupNorm;
import org.anodespark.odelayers.layer.ChannelsLastPooling;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer.PoolingType;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What holds for layers as a field, however it depends on time: values, and both products. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LayerFieldContractTest {
  /** Where the factor of a default {@link TimeAsScale} is negative. */
  private static final double TIME = -2.25;

  private static final double STEP = 1e-6;

  private final TimeInput timeInput;
  private final int extraInFirst;
  private final int extraInWeights;

  /**
   * @param timeInput how the field depends on time
   * @param extraInFirst channels that this adds to the first layer's input
   * @param extraInWeights channels that it adds to the weights of every layer that can take it
   */
  LayerFieldContractTest(TimeInput timeInput, int extraInFirst, int extraInWeights) {
    this.timeInput = timeInput;
    this.extraInFirst = extraInFirst;
    this.extraInWeights = extraInWeights;
  }

  /**
   * @param tolerance of exact products: rounding for buffered layers, central differences otherwise
   */
  record Stack(String name, double tolerance, List<Long> state, List<Layer> layers) {
    @Override
    public String toString() {
      return name;
    }
  }

  Stream<Stack> stacks() {
    return Stream.concat(bufferedStacks(), extraInWeights == 0 ? stockStacks() : Stream.empty());
  }

  private Stream<Stack> bufferedStacks() {
    int in = 3 + extraInFirst + extraInWeights;
    return Stream.of(
        channelsLast("convolution", convolution(in, Activation.IDENTITY, true)),
        channelsLast("rectified convolution", convolution(in, Activation.RELU, true)),
        channelsLast(
            "two convolutions",
            convolution(in, Activation.RELU, false),
            convolution(3 + extraInWeights, Activation.IDENTITY, false)),
        channelsLast(
            "convolution and batch norm",
            convolution(in, Activation.IDENTITY, false),
            batchNorm(3, Activation.IDENTITY)),
        channelsLast(
            "convolution and rectified batch norm",
            convolution(in, Activation.IDENTITY, false),
            batchNorm(3, Activation.RELU)),
        channelsLast(
            "convolution and batch norm per step",
            convolution(in, Activation.IDENTITY, false),
            new ChannelsLastBatchNormPerStep.Builder(4)
                .interval(-4, 0)
                .nIn(3)
                .nOut(3)
                .activation(Activation.RELU)
                .build()),
        channelsLast(
            "group norm in front of a convolution and a rectified group norm",
            new ChannelsLastGroupNorm.Builder(1)
                .nIn(3 + extraInFirst)
                .nOut(3 + extraInFirst)
                .beta(0.2)
                .build(),
            convolution(in, Activation.IDENTITY, false),
            new ChannelsLastGroupNorm.Builder(3)
                .nIn(3)
                .nOut(3)
                .gamma(1.7)
                .activation(Activation.RELU)
                .build()),
        channelsLast(
            "batch norm in front of a rectified convolution",
            batchNorm(3 + extraInFirst, Activation.RELU),
            convolution(in, Activation.RELU, true)),
        channelsLast(
            "convolution between pooling of maxima and of averages",
            pooling(PoolingType.MAX),
            convolution(in, Activation.TANH, true),
            pooling(PoolingType.AVG)),
        channelsLast(
            "softplus behind a convolution",
            convolution(in, Activation.IDENTITY, true),
            new BufferedActivation(Activation.SOFTPLUS)),
        channelsLast(
            "GELU behind a convolution with a sigmoid",
            convolution(in, Activation.SIGMOID, true),
            new BufferedActivation(new ActivationErfGELU())),
        new Stack(
            "dense layers",
            1e-10,
            List.of(4L, 3L),
            List.of(
                new BufferedDense.Builder().nIn(in).nOut(5).activation(Activation.TANH).build(),
                new BufferedDense.Builder()
                    .nIn(5 + extraInWeights)
                    .nOut(3)
                    .hasBias(false)
                    .build())));
  }

  private Stream<Stack> stockStacks() {
    int in = 3 + extraInFirst;
    return Stream.of(
        new Stack(
            "stock dense layers",
            1e-8,
            List.of(4L, 3L),
            List.of(
                new DenseLayer.Builder().nIn(in).nOut(5).activation(Activation.TANH).build(),
                new DenseLayer.Builder().nIn(5).nOut(3).activation(Activation.SIGMOID).build())),
        new Stack(
            "stock convolution and batch norm",
            1e-8,
            List.of(2L, 3L, 4L, 5L),
            List.of(
                new ConvolutionLayer.Builder(3, 3)
                    .nIn(in)
                    .nOut(3)
                    .padding(1, 1)
                    .activation(Activation.TANH)
                    .build(),
                new BatchNormalization.Builder().nIn(3).nOut(3).build(),
                new ActivationLayer(Activation.SOFTPLUS))),
        new Stack(
            "stock convolution of sequences",
            1e-8,
            List.of(2L, 3L, 5L),
            List.of(
                new Convolution1DLayer.Builder(3)
                    .nIn(in)
                    .nOut(3)
                    .convolutionMode(ConvolutionMode.Same)
                    .activation(Activation.TANH)
                    .build())));
  }

  private static Stack channelsLast(String name, Layer... layers) {
    return new Stack(name, 1e-10, List.of(2L, 4L, 5L, 3L), List.of(layers));
  }

  private static Layer convolution(int in, Activation activation, boolean bias) {
    return new ChannelsLastConvolution.Builder(3, 3)
        .nIn(in)
        .nOut(3)
        .hasBias(bias)
        .biasInit(0.3)
        .activation(activation)
        .build();
  }

  private static Layer pooling(PoolingType type) {
    return new ChannelsLastPooling.Builder(type, 3, 3)
        .stride(1, 1)
        .convolutionMode(ConvolutionMode.Same)
        .build();
  }

  private static Layer batchNorm(int channels, Activation activation) {
    return new ChannelsLastBatchNorm.Builder()
        .activation(activation)
        .nIn(channels)
        .nOut(channels)
        .gamma(1.7)
        .beta(0.2)
        .build();
  }

  private VectorField field(TrainableLayers layers) {
    return timeInput.field(layers.forTraining(), layers.pool());
  }

  @ParameterizedTest
  @MethodSource("stacks")
  void pushForwardTheDirectionalDerivative(Stack stack) {
    VectorField field = field(TrainableLayers.of(stack.layers()));
    INDArray y = random(1, stack);
    INDArray tangent = random(2, stack);
    INDArray up = random(0, stack);
    INDArray down = random(0, stack);
    field.evaluate(TIME, y.add(tangent.mul(STEP)), up);
    field.evaluate(TIME, y.sub(tangent.mul(STEP)), down);
    INDArray expected = up.sub(down).div(2 * STEP);
    INDArray actual = random(0, stack);
    try (KeptEvaluation kept = field.evaluateAndKeep(TIME, y, random(0, stack))) {
      kept.pushforward(tangent, actual);
    }
    assertThat(relativeDistance(actual, expected)).isLessThan(1e-7);
    assertThat(tangent).isEqualTo(random(2, stack));
    assertThat(y).isEqualTo(random(1, stack));
  }

  @ParameterizedTest
  @MethodSource("stacks")
  void pullBackByTheTransposeOfTheSameJacobian(Stack stack) {
    VectorField field = field(TrainableLayers.of(stack.layers()));
    INDArray tangent = random(2, stack);
    INDArray cotangent = random(3, stack);
    INDArray forward = random(0, stack);
    INDArray back = random(0, stack);
    try (KeptEvaluation kept = field.evaluateAndKeep(TIME, random(1, stack), random(0, stack))) {
      kept.pushforward(tangent, forward);
      kept.pullback(cotangent.dup(), 0.0, back);
    }
    double expected = dot(back, tangent);
    double scale = back.norm2Number().doubleValue() * tangent.norm2Number().doubleValue();
    assertThat(dot(cotangent, forward)).isCloseTo(expected, within(stack.tolerance() * scale));
    assertThat(scale).isGreaterThan(0.1);
  }

  @ParameterizedTest
  @MethodSource("stacks")
  void giveTheSameBitsHoweverOftenAndInWhateverOrderTheyAreAskedFor(Stack stack) {
    TrainableLayers layers = TrainableLayers.of(stack.layers());
    VectorField field = field(layers);
    INDArray result = random(0, stack);
    try (KeptEvaluation kept = field.evaluateAndKeep(TIME, random(1, stack), result)) {
      INDArray value = result.dup();
      INDArray firstForward = pushforward(kept, random(2, stack));
      INDArray firstBack = pullback(kept, random(3, stack));
      INDArray firstGradient = layers.gradient().sum().dup();
      INDArray otherBack = pullback(kept, random(4, stack));
      INDArray otherForward = pushforward(kept, random(5, stack));
      layers.gradient().reset();
      assertThat(pullback(kept, random(3, stack))).isEqualTo(firstBack);
      assertThat(layers.gradient().sum()).isEqualTo(firstGradient);
      assertThat(pushforward(kept, random(2, stack))).isEqualTo(firstForward);
      assertThat(pushforward(kept, random(5, stack))).isEqualTo(otherForward);
      assertThat(pullback(kept, random(4, stack))).isEqualTo(otherBack);
      assertThat(result).isEqualTo(value);
    }
  }

  @ParameterizedTest
  @MethodSource("stacks")
  void giveBackEveryBuffer(Stack stack) {
    TrainableLayers layers = TrainableLayers.of(stack.layers());
    VectorField field = field(layers);
    field.evaluate(TIME, random(1, stack), random(0, stack));
    long before = layers.pool().bytesInUse();
    try (KeptEvaluation kept = field.evaluateAndKeep(TIME, random(1, stack), random(0, stack))) {
      long whileKept = layers.pool().bytesInUse();
      pushforward(kept, random(2, stack));
      pullback(kept, random(3, stack));
      assertThat(layers.pool().bytesInUse()).isEqualTo(whileKept);
      assertThat(whileKept).isEqualTo(before + kept.keptBytes());
    }
    assertThat(layers.pool().bytesInUse()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("stacks")
  void allocateNothingTheSecondTime(Stack stack) {
    TrainableLayers layers = TrainableLayers.of(stack.layers());
    VectorField field = field(layers);
    useOnce(field, stack);
    long allocated = layers.pool().bytesAllocated();
    useOnce(field, stack);
    assertThat(layers.pool().bytesAllocated()).isEqualTo(allocated);
  }

  private static void useOnce(VectorField field, Stack stack) {
    field.evaluate(TIME, random(1, stack), random(0, stack));
    try (KeptEvaluation kept = field.evaluateAndKeep(TIME, random(1, stack), random(0, stack))) {
      pushforward(kept, random(2, stack));
      pullback(kept, random(3, stack));
    }
  }

  @ParameterizedTest
  @MethodSource("stacks")
  void readNothingThatTheyDoNotSay(Stack stack) {
    VectorField field = field(TrainableLayers.of(stack.layers()));
    INDArray result = random(0, stack);
    try (KeptEvaluation kept = field.evaluateAndKeep(TIME, random(1, stack), result)) {
      INDArray back = pullback(kept, random(3, stack));
      INDArray forward = pushforward(kept, random(2, stack));
      if (!kept.readsResult()) {
        result.assign(Double.NaN);
      }
      assertThat(pullback(kept, random(3, stack))).isEqualTo(back);
      assertThat(pushforward(kept, random(2, stack))).isEqualTo(forward);
    }
  }

  @ParameterizedTest
  @MethodSource("stacks")
  void giveTheSameBitsWhetherKeptOrNot(Stack stack) {
    VectorField field = field(TrainableLayers.of(stack.layers()));
    INDArray forgotten = random(0, stack);
    INDArray kept = random(0, stack);
    field.evaluate(TIME, random(1, stack), forgotten);
    field.evaluateAndKeep(TIME, random(1, stack), kept).close();
    assertThat(kept).isEqualTo(forgotten).isNotEqualTo(random(0, stack));
  }

  @ParameterizedTest
  @MethodSource("stacks")
  void pushNothingForwardToNothing(Stack stack) {
    VectorField field = field(TrainableLayers.of(stack.layers()));
    try (KeptEvaluation kept = field.evaluateAndKeep(TIME, random(1, stack), random(0, stack))) {
      INDArray image = pushforward(kept, random(2, stack).muli(0));
      assertThat(image.amaxNumber().doubleValue()).isZero();
    }
  }

  private static INDArray pushforward(KeptEvaluation kept, INDArray tangent) {
    INDArray out = tangent.ulike();
    kept.pushforward(tangent, out);
    return out;
  }

  private static INDArray pullback(KeptEvaluation kept, INDArray cotangent) {
    INDArray out = cotangent.ulike();
    kept.pullback(cotangent, 1.0, out);
    return out;
  }

  private static INDArray random(int seed, Stack stack) {
    Nd4j.getRandom().setSeed(100 + seed);
    return Nd4j.randn(DataType.DOUBLE, stack.state().stream().mapToLong(Long::longValue).toArray());
  }

  private static double relativeDistance(INDArray actual, INDArray expected) {
    return actual.distance2(expected) / expected.norm2Number().doubleValue();
  }

  private static double dot(INDArray a, INDArray b) {
    return a.mul(b).sumNumber().doubleValue();
  }
}
