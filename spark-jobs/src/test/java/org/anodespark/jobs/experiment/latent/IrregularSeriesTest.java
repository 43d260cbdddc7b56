/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class IrregularSeriesTest {
  private static final int EXAMPLES = 300;
  private static final double SOUGHT = 0.2;
  private static final int FEATURES = IrregularSeries.FEATURES;
  private static final int LENGTH = IrregularSeries.TIMES.size();
  private static final IrregularSeries SERIES = IrregularSeries.ofPendulums(EXAMPLES, SOUGHT, 1);

  @Test
  void isTheSameForTheSameSeed() {
    assertThat(IrregularSeries.ofPendulums(EXAMPLES, SOUGHT, 1)).isEqualTo(SERIES);
    assertThat(IrregularSeries.ofPendulums(EXAMPLES, SOUGHT, 2).values())
        .isNotEqualTo(SERIES.values());
  }

  @Test
  void showsAllThatWasObservedIfNothingIsSought() {
    IrregularSeries open = IrregularSeries.ofPendulums(EXAMPLES, 0, 1);
    assertThat(open.values()).isEqualTo(SERIES.values());
    assertThat(open.shown()).isEqualTo(observed());
    assertThat(open.sought().sumNumber().doubleValue()).isZero();
  }

  @Test
  void neverSeeksWhatItShows() {
    assertThat(SERIES.shown().mul(SERIES.sought()).sumNumber().doubleValue()).isZero();
  }

  private static INDArray observed() {
    return SERIES.shown().add(SERIES.sought());
  }

  @Test
  void observesTheSharesOfTimesAndFeaturesThatItStates() {
    double any =
        observed().max(1).meanNumber().doubleValue()
            / (1 - Math.pow(1 - IrregularSeries.OBSERVED_FEATURES, FEATURES));
    int places = EXAMPLES * LENGTH;
    assertThat(any).isCloseTo(IrregularSeries.OBSERVED_TIMES, within(5 * Math.sqrt(0.25 / places)));
    double atSuchTimes = observed().meanNumber().doubleValue() / any;
    assertThat(atSuchTimes)
        .isCloseTo(
            IrregularSeries.OBSERVED_FEATURES,
            within(5 * Math.sqrt(0.25 / (places * IrregularSeries.OBSERVED_TIMES * FEATURES))));
    double sought =
        SERIES.sought().sumNumber().doubleValue() / observed().sumNumber().doubleValue();
    assertThat(sought)
        .isCloseTo(SOUGHT, within(5 * Math.sqrt(0.25 / observed().sumNumber().doubleValue())));
  }

  @Test
  void addsNoiseToProjectionsOfPendulums() {
    Random random = new Random(1);
    List<Pendulum> pendulums =
        Stream.generate(() -> Pendulum.random(random)).limit(EXAMPLES).toList();
    INDArray states = Pendulum.trajectories(pendulums, IrregularSeries.TIMES);
    double half = Math.sqrt(0.5);
    double[][] directions = {{1, 0}, {half, half}, {0, 1}, {-half, half}};
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (int n = 0; n < EXAMPLES; n++) {
      for (int k = 0; k < FEATURES; k++) {
        for (int t = 0; t < LENGTH; t++) {
          if (observed().getDouble(n, k, t) == 1) {
            double noise =
                SERIES.values().getDouble(n, k, t)
                    - directions[k][0] * states.getDouble(n, 0, t)
                    - directions[k][1] * states.getDouble(n, 1, t);
            sum += noise;
            squares += noise * noise;
            count++;
          }
        }
      }
    }
    double variance = IrregularSeries.NOISE * IrregularSeries.NOISE;
    // five standard errors
    assertThat(sum / count).isCloseTo(0, within(5 * Math.sqrt(variance / count)));
    assertThat(squares / count).isCloseTo(variance, within(5 * variance * Math.sqrt(2.0 / count)));
  }

  @Test
  void hasZeroWhereNothingWasObserved() {
    assertThat(SERIES.values().mul(observed().rsub(1))).isEqualTo(SERIES.values().mul(0));
  }

  @Test
  void laysInputsOutWithTheLatestTimeFirst() {
    INDArray inputs = SERIES.inputs();
    assertThat(inputs.shape()).containsExactly(EXAMPLES, 2 * FEATURES + 1, LENGTH);
    for (int k = 0; k < FEATURES; k++) {
      for (int t = 0; t < LENGTH; t++) {
        double mask = SERIES.shown().getDouble(7, k, t);
        int place = LENGTH - 1 - t;
        assertThat(inputs.getDouble(7, FEATURES + k, place)).isEqualTo(mask);
        assertThat(inputs.getDouble(7, k, place))
            .isEqualTo(mask * SERIES.values().getDouble(7, k, t));
      }
    }
  }

  @Test
  void doesNotShowWhatItSeeks() {
    IrregularSeries moved =
        new IrregularSeries(
            SERIES.values().add(SERIES.sought().mul(100)), SERIES.shown(), SERIES.sought());
    assertThat(moved.values()).isNotEqualTo(SERIES.values());
    assertThat(moved.inputs()).isEqualTo(SERIES.inputs());
  }

  @Test
  void tellsHowLongItIsToTheNextTimeWithAValue() {
    double[][][] shown = new double[1][FEATURES][LENGTH];
    shown[0][2][4] = 1;
    shown[0][0][10] = 1;
    INDArray mask = Nd4j.createFromArray(shown);
    INDArray inputs = new IrregularSeries(mask, mask, mask.mul(0)).inputs();
    for (int t = 0; t < LENGTH; t++) {
      double next = t < 4 ? 4 : t < 10 ? 10 : t;
      assertThat(inputs.getDouble(0, 2 * FEATURES, LENGTH - 1 - t))
          .isCloseTo((next - t) * IrregularSeries.END / LENGTH, within(1e-12));
    }
  }

  @Test
  void measuresErrorsAtTheValuesThatAreSought() {
    INDArray output = SERIES.values().add(SERIES.sought().mul(0.5)).add(SERIES.shown().mul(9));
    assertThat(SERIES.errorOfSought(output)).isCloseTo(0.25, within(1e-12));
  }
}
