/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Five examples of three classes, counted by hand. */
class ClassificationTest {
  private static final double[] FIRST = {1, 0, 0};
  private static final double[] SECOND = {0, 1, 0};
  private static final double[] THIRD = {0, 0, 1};

  private static final Classification RESULT =
      Classification.of(
          List.of(
              Outcomes.of(
                  new double[][] {FIRST, FIRST, SECOND},
                  new double[][] {{0.7, 0.2, 0.1}, {0.3, 0.6, 0.1}, {0.05, 0.9, 0.05}}),
              Outcomes.of(
                  new double[][] {SECOND, THIRD},
                  new double[][] {{0.5, 0.1, 0.4}, {0.25, 0.5, 0.25}})));

  @Test
  void accuracyIsTheShareOfRightPredictions() {
    assertThat(RESULT.examples()).isEqualTo(5);
    assertThat(RESULT.accuracy()).isEqualTo(2.0 / 5);
  }

  @Test
  void topKCountsTheRightClassAmongTheMostProbable() {
    assertThat(RESULT.topKAccuracy(1)).isEqualTo(2.0 / 5);
    // the second example's class is the second; of the last, an equally probable one comes before
    assertThat(RESULT.topKAccuracy(2)).isEqualTo(3.0 / 5);
    assertThat(RESULT.topKAccuracy(3)).isEqualTo(1);
    assertThat(RESULT.topKAccuracy(10)).isEqualTo(1);
  }

  @Test
  void rowsOfTheConfusionAreTheRightClasses() {
    assertThat(RESULT.confusion().counts())
        .containsExactly(List.of(1L, 1L, 0L), List.of(1L, 1L, 0L), List.of(0L, 1L, 0L));
  }

  @Test
  void precisionRecallAndF1BelongToAClass() {
    ConfusionMatrix confusion = RESULT.confusion();

    assertThat(confusion.precision(0)).isEqualTo(1.0 / 2);
    assertThat(confusion.precision(1)).isEqualTo(1.0 / 3);
    assertThat(confusion.precision(2)).isNaN();
    assertThat(confusion.recall(1)).isEqualTo(1.0 / 2);
    assertThat(confusion.recall(2)).isZero();
    assertThat(confusion.f1(1)).isCloseTo(2 * (1.0 / 3) * 0.5 / (1.0 / 3 + 0.5), within(1e-15));
    assertThat(confusion.f1(2)).isZero();
  }

  @Test
  void theNegativeLogLikelihoodIsThatOfTheRightClasses() {
    assertThat(RESULT.negativeLogLikelihood())
        .isCloseTo(-Math.log(0.7 * 0.3 * 0.9 * 0.1 * 0.25) / 5, within(1e-15));
  }

  @Test
  void aProbabilityOfZeroCountsAsTheLeastOne() {
    Classification result =
        Classification.of(List.of(Outcomes.of(new double[][] {FIRST}, new double[][] {{0, 1, 0}})));

    assertThat(result.negativeLogLikelihood()).isEqualTo(-Math.log(1e-10));
  }

  @Test
  void confidencesAreSortedIntoFifteenBins() {
    // 0.5 twice in (7/15, 8/15], 0.6 at the end of (8/15, 9/15], 0.7 in (10/15, 11/15],
    // 0.9 in (13/15, 14/15]
    assertThat(RESULT.calibration().bins()).hasSize(15);
    assertThat(
            IntStream.range(0, 15)
                .filter(i -> RESULT.calibration().bins().get(i).examples() > 0)
                .boxed())
        .containsExactly(7, 8, 10, 13);
    assertThat(RESULT.calibration().bins().get(7))
        .isEqualTo(new Calibration.Bin(7.0 / 15, 8.0 / 15, 2, 0.5, 0));
    assertThat(RESULT.calibration().bins().get(0).accuracy()).isNaN();
  }

  @Test
  void theCalibrationErrorIsTheMeanDistanceOfConfidenceAndAccuracy() {
    assertThat(RESULT.calibration().error())
        .isCloseTo((2 * 0.5 + 0.6 + 0.3 + 0.1) / 5, within(1e-15));
  }

  @Test
  void certaintyIsInTheLastBin() {
    Classification result =
        Classification.of(List.of(Outcomes.of(new double[][] {FIRST}, new double[][] {{1, 0, 0}})));

    assertThat(result.calibration().bins().get(14).examples()).isEqualTo(1);
    assertThat(result.calibration().error()).isZero();
  }
}
