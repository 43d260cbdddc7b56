/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CirculantTest {
  private static final double TOLERANCE = 1e-13;

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 7})
  void differentiatesTheWavesThatItsGridHolds(int points) {
    double[] wave = sample(points, x -> 0.5 + Math.sin(x) - 2 * Math.cos(x));
    assertClose(
        apply(Circulant.firstDerivative(points), wave),
        sample(points, x -> Math.cos(x) + 2 * Math.sin(x)));
    assertClose(
        apply(Circulant.secondDerivative(points), wave),
        sample(points, x -> -Math.sin(x) + 2 * Math.cos(x)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void isTheIdentityToTheLastBitWithoutCoefficientsOrTime(int points) {
    for (Circulant exponential :
        new Circulant[] {
          Circulant.exponential(points, 0, 0, 1), Circulant.exponential(points, 0.7, -1.3, 0)
        }) {
      for (int i = 0; i < points; i++) {
        for (int j = 0; j < points; j++) {
          assertThat(exponential.at(i, j)).isEqualTo(i == j ? 1.0 : 0.0);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void twoTimesAfterEachOtherAreTheirSum(int points) {
    Circulant first = Circulant.exponential(points, 0.3, 0.9, 0.4);
    Circulant second = Circulant.exponential(points, 0.3, 0.9, 1.1);
    Circulant both = Circulant.exponential(points, 0.3, 0.9, 1.5);
    double[] values = sample(points, x -> Math.exp(Math.sin(2 * x)) + x);
    // advection loses the wave that alternates from point to point on an even grid, both ways alike
    assertClose(apply(second, apply(first, values)), apply(both, values));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5, 7})
  void movesByAPointWhereAdvectionTimesTimeIsThatLong(int points) {
    double[] values = sample(points, x -> Math.exp(Math.sin(2 * x)) + x);
    double[] moved = apply(Circulant.exponential(points, 0, 2 * Math.PI / points, 1), values);
    for (int i = 0; i < points; i++) {
      assertThat(moved[i]).isCloseTo(values[(i + 1) % points], within(TOLERANCE));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5})
  void diffusionKeepsTheMeanAndEndsThere(int points) {
    double[] values = sample(points, x -> Math.exp(Math.sin(2 * x)) + x);
    double mean = IntStream.range(0, points).mapToDouble(i -> values[i]).average().orElseThrow();
    assertThat(
            IntStream.range(0, points)
                .mapToDouble(i -> apply(Circulant.exponential(points, 0.4, 0.8, 1), values)[i])
                .average()
                .orElseThrow())
        .isCloseTo(mean, within(TOLERANCE));
    for (double value : apply(Circulant.exponential(points, 100, 0.8, 1), values)) {
      assertThat(value).isCloseTo(mean, within(TOLERANCE));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5})
  void itsTransposeIsThatOfTheOppositeAdvection(int points) {
    Circulant transposed = Circulant.exponential(points, 0.4, 0.8, 1.2).transposed();
    Circulant opposite = Circulant.exponential(points, 0.4, -0.8, 1.2);
    for (int i = 0; i < points; i++) {
      for (int j = 0; j < points; j++) {
        assertThat(transposed.at(i, j)).isCloseTo(opposite.at(i, j), within(TOLERANCE));
        assertThat(transposed.at(i, j))
            .isEqualTo(Circulant.exponential(points, 0.4, 0.8, 1.2).at(j, i));
      }
    }
  }

  private static double[] sample(int points, DoubleUnaryOperator function) {
    return IntStream.range(0, points)
        .mapToDouble(i -> function.applyAsDouble(2 * Math.PI * i / points))
        .toArray();
  }

  private static double[] apply(Circulant matrix, double[] values) {
    return IntStream.range(0, values.length)
        .mapToDouble(
            i ->
                IntStream.range(0, values.length)
                    .mapToDouble(j -> matrix.at(i, j) * values[j])
                    .sum())
        .toArray();
  }

  private static void assertClose(double[] actual, double[] expected) {
    assertThat(actual).containsExactly(expected, within(TOLERANCE));
  }
}
