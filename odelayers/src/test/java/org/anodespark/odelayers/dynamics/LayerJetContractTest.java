/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.anodespark.odelayers.kernel.Jet;
import org.anodespark.odelayers.layer.ActivationErfGELU;
import org.anodespark.odelayers.layer.BufferedActivation;
import org.anodespark.odelayers.layer.BufferedDense;
import org.anodespark.odelayers.layer.ChannelsLastConvolution;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What holds for jets of layers as a field, however it depends on time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LayerJetContractTest {
  private static final double TIME = 0.75;
  private static final double RATE = -1.5;
  private static final int COEFFICIENTS = 4;

  /** Of differences of eighth order, for derivatives of order 0 to 2, and of sixth for order 3. */
  private static final double[][] STENCILS = {
    {0, 0, 0, 0, 1, 0, 0, 0, 0},
    {1 / 280.0, -4 / 105.0, 0.2, -0.8, 0, 0.8, -0.2, 4 / 105.0, -1 / 280.0},
    {-1 / 560.0, 8 / 315.0, -0.2, 1.6, -205 / 72.0, 1.6, -0.2, 8 / 315.0, -1 / 560.0},
    {-7 / 240.0, 0.3, -169 / 120.0, 61 / 30.0, 0, -61 / 30.0, 169 / 120.0, -0.3, 7 / 240.0}
  };

  private static final double[] FACTORIALS = {1, 1, 2, 6};

  private final TimeInput timeInput;
  private final int extraInFirst;
  private final int extraInWeights;

  /**
   * @param timeInput how the field depends on time
   * @param extraInFirst channels that this adds to the first layer's input
   * @param extraInWeights channels that it adds to the weights of every layer that can take it
   */
  LayerJetContractTest(TimeInput timeInput, int extraInFirst, int extraInWeights) {
    this.timeInput = timeInput;
    this.extraInFirst = extraInFirst;
    this.extraInWeights = extraInWeights;
  }

  /**
   * @param step of differences; short where a kink must not be crossed
   * @param tolerance of what they give
   */
  record Stack(String name, double step, double tolerance, List<Long> state, List<Layer> layers) {
    @Override
    public String toString() {
      return name;
    }
  }

  Stream<Stack> stacks() {
    int in = 3 + extraInFirst + extraInWeights;
    return Stream.of(
        rows(
            "dense tanh",
            0.005,
            dense(in, 5, Activation.TANH),
            dense(5 + extraInWeights, 3, Activation.TANH)),
        rows("linear", 0.005, dense(in, 3, Activation.IDENTITY)),
        rows(
            "rectified",
            1e-3,
            dense(in, 5, Activation.RELU),
            dense(5 + extraInWeights, 3, Activation.IDENTITY)),
        rows(
            "activations by themselves",
            0.005,
            dense(in, 4, Activation.IDENTITY),
            new BufferedActivation(Activation.SOFTPLUS),
            new BufferedDense.Builder().nIn(4 + extraInWeights).nOut(3).hasBias(false).build(),
            new BufferedActivation(Activation.IDENTITY)),
        rows(
            "sigmoid and GELU",
            0.005,
            dense(in, 5, Activation.SIGMOID),
            dense(5 + extraInWeights, 3, Activation.IDENTITY),
            new BufferedActivation(new ActivationErfGELU())),
        new Stack(
            "convolution and tanh",
            0.005,
            1e-7,
            List.of(2L, 3L, 4L, 3L),
            List.of(
                convolution(in, true, Activation.TANH),
                convolution(3 + extraInWeights, false, Activation.IDENTITY),
                new BufferedActivation(Activation.TANH))));
  }

  private static Stack rows(String name, double step, Layer... layers) {
    return new Stack(name, step, step < 0.005 ? 1e-5 : 1e-7, List.of(4L, 3L), List.of(layers));
  }

  private static Layer dense(int in, int out, Activation activation) {
    return new BufferedDense.Builder()
        .nIn(in)
        .nOut(out)
        .biasInit(0.2)
        .activation(activation)
        .build();
  }

  private static Layer convolution(int in, boolean bias, Activation activation) {
    return new ChannelsLastConvolution.Builder(3, 3)
        .nIn(in)
        .nOut(3)
        .hasBias(bias)
        .biasInit(0.3)
        .activation(activation)
        .build();
  }

  private VectorField field(TrainableLayers layers) {
    return timeInput.field(layers.forTraining(), layers.pool());
  }

  @ParameterizedTest
  @MethodSource("stacks")
  void hasTheTaylorCoefficientsOfTheFieldAlongTheCurve(Stack stack) {
    VectorField field = field(TrainableLayers.of(stack.layers()));
    List<INDArray> curve = curve(stack);
    List<INDArray> coefficients = coefficients(field, curve);
    List<INDArray> samples = new ArrayList<>();
    for (int node = -4; node <= 4; node++) {
      samples.add(sample(field, curve, node * stack.step()));
    }
    for (int k = 0; k < COEFFICIENTS; k++) {
      INDArray expected = Nd4j.zerosLike(curve.get(0));
      for (int node = 0; node < samples.size(); node++) {
        expected.addi(samples.get(node).mul(STENCILS[k][node]));
      }
      expected.divi(Math.pow(stack.step(), k) * FACTORIALS[k]);
      assertThat(coefficients.get(k).distance2(expected))
          .isLessThan(stack.tolerance() * (1 + expected.norm2Number().doubleValue()));
    }
  }

  private static INDArray sample(VectorField field, List<INDArray> curve, double s) {
    INDArray y = Nd4j.zerosLike(curve.get(0));
    for (int k = 0; k < COEFFICIENTS; k++) {
      y.addi(curve.get(k).mul(Math.pow(s, k)));
    }
    INDArray out = y.ulike();
    field.evaluate(TIME + RATE * s, y, out);
    return out;
  }

  @ParameterizedTest
  @MethodSource("stacks")
  void hasTheJacobianVectorProductAtAConstantTime(Stack stack) {
    VectorField field = field(TrainableLayers.of(stack.layers()));
    List<INDArray> curve = curve(stack);
    INDArray value = curve.get(0).ulike();
    INDArray product = curve.get(0).ulike();
    INDArray f = curve.get(0).ulike();
    INDArray derivative = curve.get(0).ulike();
    try (KeptEvaluation kept = field.evaluateAndKeep(TIME, curve.get(0), value);
        Jet jet = field.jet(TIME, 0.0)) {
      kept.pushforward(curve.get(1), product);
      jet.next(curve.get(0), f);
      jet.next(curve.get(1), derivative);
    }
    assertThat(f.distance2(value)).isLessThan(1e-13);
    assertThat(derivative.distance2(product)).isLessThan(1e-13);
    assertThat(product.norm2Number().doubleValue()).isGreaterThan(0.1);
  }

  /** Of the sum of scalar products of all coefficients with random arrays. */
  @ParameterizedTest
  @MethodSource("stacks")
  void pullsBackTheGradient(Stack stack) {
    TrainableLayers layers = TrainableLayers.of(stack.layers());
    List<INDArray> gradients = new ArrayList<>();
    List<INDArray> curve = curve(stack);
    layers.gradient().sum().assign(0.5);
    try (Jet jet = field(layers).jet(TIME, RATE)) {
      curve.forEach(each -> jet.next(each, each.ulike()));
      for (int k = COEFFICIENTS - 1; k >= 0; k--) {
        INDArray gradient = curve.get(k).ulike();
        jet.pullback(random(10 + k, stack), gradient);
        gradients.add(0, gradient);
      }
    }
    for (int k = 0; k < COEFFICIENTS; k++) {
      int index = k;
      INDArray direction = random(20 + k, stack);
      double expected =
          difference(
              s -> {
                List<INDArray> moved = curve(stack);
                moved.get(index).addi(direction.mul(s));
                return loss(field(layers), stack, moved);
              });
      assertThat(dot(gradients.get(k), direction))
          .isCloseTo(expected, within(1e-8 * (1 + Math.abs(expected))));
    }
    INDArray ofParameters = layers.gradient().sum().sub(0.5);
    INDArray direction = Nd4j.randn(DataType.DOUBLE, layers.parameters().length());
    INDArray parameters = layers.parameters().dup();
    double expected =
        difference(
            s -> {
              layers.parameters().assign(parameters.add(direction.mul(s)));
              return loss(field(layers), stack, curve);
            });
    assertThat(dot(ofParameters, direction))
        .isCloseTo(expected, within(1e-8 * (1 + Math.abs(expected))));
    assertThat(Math.abs(expected)).isGreaterThan(0.01);
  }

  private static double loss(VectorField field, Stack stack, List<INDArray> curve) {
    List<INDArray> coefficients = coefficients(field, curve);
    double sum = 0;
    for (int k = 0; k < COEFFICIENTS; k++) {
      sum += dot(coefficients.get(k), random(10 + k, stack));
    }
    return sum;
  }

  private static double difference(ToDoubleFunction<Double> loss) {
    double h = 1e-4;
    double near = loss.applyAsDouble(h) - loss.applyAsDouble(-h);
    double far = loss.applyAsDouble(2 * h) - loss.applyAsDouble(-2 * h);
    return (8 * near - far) / (12 * h);
  }

  /** As regularisers of derivatives need them: gradients of some coefficients only. */
  @ParameterizedTest
  @MethodSource("stacks")
  void pullsTheHighestCoefficientBackAlone(Stack stack) {
    TrainableLayers layers = TrainableLayers.of(stack.layers());
    List<INDArray> curve = curve(stack);
    INDArray gradient = curve.get(0).ulike();
    try (Jet jet = field(layers).jet(TIME, RATE)) {
      curve.forEach(each -> jet.next(each, each.ulike()));
      jet.pullback(random(13, stack), gradient);
    }
    // coefficient 3 of f depends on coefficient 3 of y by the Jacobian of f alone
    INDArray expected = curve.get(0).ulike();
    try (KeptEvaluation kept =
        field(layers).evaluateAndKeep(TIME, curve.get(0), curve.get(0).ulike())) {
      kept.pullback(random(13, stack), 0.0, expected);
    }
    assertThat(gradient.distance2(expected)).isLessThan(1e-13);
  }

  @ParameterizedTest
  @MethodSource("stacks")
  void givesBackEveryBufferAndAllocatesNothingTheSecondTime(Stack stack) {
    TrainableLayers layers = TrainableLayers.of(stack.layers());
    VectorField field = field(layers);
    long before = layers.pool().bytesInUse();
    useOnce(field, stack);
    long allocated = layers.pool().bytesAllocated();
    useOnce(field, stack);
    assertThat(layers.pool().bytesInUse()).isEqualTo(before);
    assertThat(layers.pool().bytesAllocated()).isEqualTo(allocated);
  }

  private static void useOnce(VectorField field, Stack stack) {
    List<INDArray> curve = curve(stack);
    try (Jet jet = field.jet(TIME, RATE)) {
      curve.forEach(each -> jet.next(each, each.ulike()));
      curve.forEach(each -> jet.pullback(each.dup(), each.ulike()));
    }
    assertThat(curve).isEqualTo(curve(stack));
  }

  private static List<INDArray> coefficients(VectorField field, List<INDArray> curve) {
    List<INDArray> coefficients = curve.stream().map(INDArray::ulike).toList();
    try (Jet jet = field.jet(TIME, RATE)) {
      for (int k = 0; k < COEFFICIENTS; k++) {
        jet.next(curve.get(k), coefficients.get(k));
      }
    }
    return coefficients;
  }

  private static List<INDArray> curve(Stack stack) {
    List<INDArray> curve = new ArrayList<>();
    for (int k = 0; k < COEFFICIENTS; k++) {
      curve.add(random(k, stack));
    }
    return curve;
  }

  private static INDArray random(int seed, Stack stack) {
    Nd4j.getRandom().setSeed(200 + seed);
    return Nd4j.randn(DataType.DOUBLE, stack.state().stream().mapToLong(Long::longValue).toArray());
  }

  private static double dot(INDArray a, INDArray b) {
    return a.mul(b).sumNumber().doubleValue();
  }
}
