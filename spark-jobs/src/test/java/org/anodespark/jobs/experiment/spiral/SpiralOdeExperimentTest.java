/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment.spiral;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.anodespark.jobs.block.BlockSetup;
import org.anodespark.jobs.experiment.series.SeriesResult;
import org.anodespark.odelayers.regularization.ErrorEstimate;
import org.anodespark.odelayers.regularization.Regularizer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Adam;

class SpiralOdeExperimentTest {
  private static final BlockSetup COARSE =
      BlockSetup.adaptiveSteps(
          "bogacki-shampine", 1e-4, 1e-4, 1, 1, "batch", "pi", 1000, "full", 1);

  @Test
  void learnsTheSpiral() {
    List<Double> watched = new ArrayList<>();
    SeriesResult result =
        SpiralOdeExperiment.train(
            COARSE,
            List.of(),
            1,
            30,
            new Adam(0.02),
            (iteration, loss) -> {
              assertThat(iteration).isEqualTo(watched.size());
              watched.add(loss);
            });
    assertThat(result.lossCurve()).hasSize(30).isEqualTo(watched);
    assertThat(result.testLoss()).isLessThan(result.lossCurve().get(0) / 4);
    assertThat(result.evaluations()).isGreaterThanOrEqualTo(29 * 3);
    assertThat(result.trainingSeconds()).isGreaterThan(result.predictionSeconds()).isPositive();
  }

  @Test
  void givesTheSameBitsForTheSameSeed() {
    assertThat(bits(1)).isEqualTo(bits(1));
    assertThat(bits(2)).isNotEqualTo(bits(1));
  }

  private static List<Double> bits(long seed) {
    SeriesResult result = train(seed, 3, List.of());
    List<Double> bits = new ArrayList<>(result.lossCurve());
    bits.add(result.testLoss());
    bits.add(result.evaluations());
    return bits;
  }

  @Test
  void needsFewerEvaluationsWhenErrorsWereRegularized() {
    SeriesResult plain = train(1, 20, List.of());
    SeriesResult regularized = train(1, 20, List.of(new ErrorEstimate(1000)));
    assertThat(regularized.evaluations()).isLessThan(0.9 * plain.evaluations());
  }

  private static SeriesResult train(long seed, int iterations, List<Regularizer> regularizers) {
    return SpiralOdeExperiment.train(
        COARSE, regularizers, seed, iterations, new Adam(0.02), (iteration, loss) -> {});
  }
}
