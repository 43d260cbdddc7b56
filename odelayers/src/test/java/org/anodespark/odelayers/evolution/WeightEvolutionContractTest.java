/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.stream.Stream;
import org.anodespark.odelayers.Bits;
import org.anodespark.odelayers.RoundTrip;
import org.anodespark.odelayers.layer.WeightEvolution;
import org.anodespark.odelayers.layer.WeightPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What holds for every evolution of weights. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WeightEvolutionContractTest {
  private static final int OUTPUTS = 2;
  private static final int INPUTS = 3;
  private static final double STEP = 1e-6;

  /** Another object at each call. */
  abstract WeightEvolution evolution();

  static Stream<Arguments> windows() {
    return Stream.of(
        Arguments.of(1, 1),
        Arguments.of(2, 2),
        Arguments.of(3, 3),
        Arguments.of(5, 5),
        Arguments.of(1, 3),
        Arguments.of(4, 3));
  }

  @ParameterizedTest(name = "{0} x {1}")
  @MethodSource("windows")
  void beginsWithTheWeightsToTheLastBit(int height, int width) {
    INDArray weights = weights(height, width);
    assertThat(Bits.of(at(weights, coefficients(), 0))).isEqualTo(Bits.of(weights));
  }

  @ParameterizedTest(name = "{0} x {1}")
  @MethodSource("windows")
  void doesNothingWithoutCoefficientsToTheLastBit(int height, int width) {
    INDArray weights = weights(height, width);
    assertThat(Bits.of(at(weights, coefficients().muli(0), 0.7))).isEqualTo(Bits.of(weights));
    INDArray floats = weights.castTo(DataType.FLOAT);
    INDArray none = coefficients().muli(0).castTo(DataType.FLOAT);
    INDArray out = floats.ulike();
    evolution().path(floats, none).at(0.7, out);
    assertThat(Bits.of(out)).isEqualTo(Bits.of(floats));
  }

  @ParameterizedTest(name = "{0} x {1}")
  @MethodSource("windows")
  void pullsGradientsBackAsCentralDifferencesSay(int height, int width) {
    INDArray weights = weights(height, width);
    INDArray coefficients = coefficients();
    for (double time : new double[] {0.0, 0.3, 1.0}) {
      INDArray gradient = draw(3, weights.shape());
      INDArray ofWeights = weights.ulike();
      INDArray ofCoefficients = coefficients.ulike();
      evolution().path(weights, coefficients).pullback(time, gradient, ofWeights, ofCoefficients);

      INDArray direction = draw(4, weights.shape());
      double along =
          difference(
              h -> at(weights.add(direction.mul(h)), coefficients, time).mul(gradient).sumNumber());
      assertThat(dot(ofWeights, direction)).isCloseTo(along, within(1e-7));
      INDArray turn = draw(5, coefficients.shape());
      double around =
          difference(
              h -> at(weights, coefficients.add(turn.mul(h)), time).mul(gradient).sumNumber());
      assertThat(dot(ofCoefficients, turn)).isCloseTo(around, within(1e-7));
    }
  }

  @Test
  void startsSuchThatNothingEvolves() {
    assertThat(evolution().coefficients()).allSatisfy(each -> assertThat(each.initial()).isZero());
  }

  @Test
  void doesNotLetDiffusionBecomeNegative() {
    assertThat(evolution().coefficients().get(0).name()).isEqualTo("diffusion");
    assertThat(evolution().coefficients().get(0).minimum()).isZero();
  }

  @Test
  void survivesJsonAndJavaSerialisation() throws IOException, ClassNotFoundException {
    WeightEvolution evolution = evolution();
    assertThat(RoundTrip.json(evolution, WeightEvolution.class)).isEqualTo(evolution);
    assertThat(RoundTrip.javaSerialisation(evolution)).isEqualTo(evolution);
    assertThat(evolution()).isEqualTo(evolution).hasSameHashCodeAs(evolution);
  }

  final INDArray at(INDArray weights, INDArray coefficients, double time) {
    WeightPath path = evolution().path(weights, coefficients);
    INDArray out = weights.ulike();
    path.at(time, out);
    return out;
  }

  static INDArray weights(int height, int width) {
    return draw(1, OUTPUTS, INPUTS, height, width);
  }

  /** None of them negative. */
  final INDArray coefficients() {
    Nd4j.getRandom().setSeed(2);
    return Nd4j.rand(DataType.DOUBLE, evolution().coefficients().size(), OUTPUTS);
  }

  static INDArray draw(long seed, long... shape) {
    Nd4j.getRandom().setSeed(seed);
    return Nd4j.randn(DataType.DOUBLE, shape);
  }

  private interface Loss {
    Number at(double h);
  }

  private static double difference(Loss loss) {
    return (loss.at(STEP).doubleValue() - loss.at(-STEP).doubleValue()) / (2 * STEP);
  }

  private static double dot(INDArray one, INDArray other) {
    return one.mul(other).sumNumber().doubleValue();
  }
}
