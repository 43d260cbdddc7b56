/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.stochastic.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.anodespark.odelayers.Bits;
import org.anodespark.odelayers.failure.FailureReason;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.solver.TimeGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class BrownianPathTest {
  private static final double[] TIMES = {0, 0.03, 0.21, 0.21001, 0.375, 0.5, 0.77, 1};

  @Test
  void givesTheSameBitsInWhateverOrderItIsAsked() {
    BrownianPath rising = path(5, 4, 3);
    double[][] inOrder = new double[TIMES.length - 1][];
    for (int i = 0; i < inOrder.length; i++) {
      inOrder[i] = over(rising, TIMES[i], TIMES[i + 1]);
    }
    BrownianPath falling = path(5, 4, 3);
    for (int i = inOrder.length - 1; i >= 0; i--) {
      over(falling, 0.1, 0.9);
      assertThat(over(falling, TIMES[i], TIMES[i + 1])).isEqualTo(inOrder[i]);
    }
  }

  @Test
  void dependsOnTheSeed() {
    assertThat(over(path(6, 1, 3), 0, 0.4)).isNotEqualTo(over(path(5, 1, 3), 0, 0.4));
  }

  @Test
  void givesAnEntryTheSameNumbersHoweverManyThereAre() {
    double[] few = over(path(5, 2, 3), 0.1, 0.6);
    double[] many = over(path(5, 2, 30), 0.1, 0.6);
    for (int i = 0; i < 3; i++) {
      assertThat(many[i]).isEqualTo(few[i]);
      assertThat(many[30 + i]).isEqualTo(few[3 + i]);
    }
  }

  /** W and its integral over a whole interval, put together from those of its parts. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4})
  void addsUpOverPartsOfAnInterval(int cells) {
    BrownianPath path = path(5, cells, 2);
    double[] whole = over(path, 0, 1);
    for (int entry = 0; entry < 2; entry++) {
      double moved = 0;
      double integral = 0;
      for (int i = 1; i < TIMES.length; i++) {
        double length = TIMES[i] - TIMES[i - 1];
        double[] part = over(path, TIMES[i - 1], TIMES[i]);
        double increment = part[entry];
        integral += length * moved + length / 2 * (increment + part[2 + entry] / Math.sqrt(3));
        moved += increment;
      }
      assertThat(moved).isCloseTo(whole[entry], within(1e-14));
      assertThat(integral)
          .isCloseTo((whole[entry] + whole[2 + entry] / Math.sqrt(3)) / 2, within(1e-14));
    }
  }

  /**
   * Trials that a control would reject are asked for between the steps that count. Of the
   * increments of those steps all means, variances and covariances are compared with theory: dW and
   * dZ of a step are independent with variance h, and those of different steps are independent.
   * Each limit is 5 standard deviations of the estimate; there are 119 estimates.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void keepsItsLawWhenStepsAreRejected(int cells) {
    int paths = 40_000;
    BrownianPath path = path(11, cells, paths);
    double[][] samples = new double[2 * (TIMES.length - 1)][];
    for (int i = 1; i < TIMES.length; i++) {
      double start = TIMES[i - 1];
      double length = TIMES[i] - start;
      over(path, start, Math.min(1, start + 5 * length));
      over(path, start, Math.min(1, start + 1.3 * length));
      double[] numbers = over(path, start, TIMES[i]);
      for (int part = 0; part < 2; part++) {
        double[] sample = new double[paths];
        for (int entry = 0; entry < paths; entry++) {
          sample[entry] = numbers[part * paths + entry] / Math.sqrt(length);
        }
        samples[2 * (i - 1) + part] = sample;
      }
    }
    for (int i = 0; i < samples.length; i++) {
      assertThat(mean(samples[i])).isCloseTo(0, within(5 / Math.sqrt(paths)));
      assertThat(mean(product(samples[i], samples[i])))
          .isCloseTo(1, within(5 * Math.sqrt(2.0 / paths)));
      for (int j = 0; j < i; j++) {
        assertThat(mean(product(samples[i], samples[j])))
            .isCloseTo(0, within(5 / Math.sqrt(paths)));
      }
    }
  }

  private static double[] product(double[] a, double[] b) {
    double[] product = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      product[i] = a[i] * b[i];
    }
    return product;
  }

  private static double mean(double[] sample) {
    double sum = 0;
    for (double number : sample) {
      sum += number;
    }
    return sum / sample.length;
  }

  @Test
  void isTheSamePathInSinglePrecision() {
    double[] exact = over(path(5, 2, 3), 0.1, 0.6);
    INDArray increments = Nd4j.zeros(DataType.FLOAT, 3);
    INDArray independent = Nd4j.zeros(DataType.FLOAT, 3);
    path(5, 2, 3).over(0.1, 0.6, increments, independent);
    for (int i = 0; i < 3; i++) {
      assertThat(increments.getFloat(i)).isEqualTo((float) exact[i]);
      assertThat(independent.getFloat(i)).isEqualTo((float) exact[3 + i]);
    }
  }

  @Test
  void refusesAnIntervalThatItDoesNotResolve() {
    BrownianPath path = path(5, 1, 3);
    assertThatThrownBy(() -> over(path, 0.3, 0.3 + 1e-8))
        .isInstanceOf(OdeSolveException.class)
        .hasMessageContaining("shorter than the Brownian path resolves")
        .extracting(e -> ((OdeSolveException) e).reason())
        .isEqualTo(FailureReason.STEP_UNDERFLOW);
  }

  @Test
  void refusesAnIntervalOutsideOfItsCells() {
    BrownianPath path = path(5, 1, 3);
    assertThatThrownBy(() -> over(path, 0.5, 1.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("from t = 0.5 to t = 1.5 is no part of the path");
    assertThatThrownBy(() -> over(path, 0.5, 0.5)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesToRunBackwardsInTime() {
    TimeGrid falling = TimeGrid.equalSteps(1, 0, 2);
    assertThatThrownBy(() -> new BrownianPath(5, falling, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("runs forwards in time");
  }

  private static BrownianPath path(long seed, int cells, int entries) {
    return new BrownianPath(seed, TimeGrid.equalSteps(0, 1, cells), entries);
  }

  /** dW of all entries, then dZ. */
  private static double[] over(BrownianPath path, double from, double to) {
    INDArray increments = Nd4j.zeros(DataType.DOUBLE, path.entries());
    INDArray independent = Nd4j.zeros(DataType.DOUBLE, path.entries());
    path.over(from, to, increments, independent);
    return Bits.of(Nd4j.concat(0, increments, independent));
  }
}
