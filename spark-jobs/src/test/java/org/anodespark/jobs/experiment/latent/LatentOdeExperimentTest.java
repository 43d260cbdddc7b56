/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.anodespark.jobs.block.BlockSetup;
import org.anodespark.jobs.experiment.series.ProgressListener;
import org.anodespark.jobs.experiment.series.SeriesResult;
import org.anodespark.odelayers.regularization.ErrorEstimate;
import org.anodespark.odelayers.regularization.Regularizer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Adam;

class LatentOdeExperimentTest {
  private static final BlockSetup ONE_STEP = BlockSetup.equalSteps("midpoint", 1, "full", 1);
  private static final BlockSetup ADAPTIVE =
      BlockSetup.adaptiveSteps(
          "bogacki-shampine", 1e-2, 1e-2, 1, 1, "batch", "pi", 1000, "full", 1);

  /** By pendulums of the same kind, who knows nothing of one does best to answer 0. */
  @Test
  void findsValuesThatItWasNotShown() {
    List<Double> watched = new ArrayList<>();
    IrregularSeries others = IrregularSeries.ofPendulums(300, 1, 1);
    double errorOfIgnorance = others.errorOfSought(others.values().mul(0));
    SeriesResult trained =
        LatentOdeExperiment.train(
            ONE_STEP,
            List.of(),
            1,
            70,
            new Adam(0.01),
            (iteration, loss) -> {
              assertThat(iteration).isEqualTo(watched.size());
              watched.add(loss);
            });
    assertThat(trained.lossCurve()).hasSize(70).isEqualTo(watched);
    assertThat(trained.testLoss()).isLessThan(errorOfIgnorance / 1.3);
    assertThat(trained.trainingSeconds()).isGreaterThan(trained.predictionSeconds()).isPositive();
  }

  @Test
  void countsTheEvaluationsOfOnePrediction() {
    assertThat(train(ONE_STEP, List.of(), 1, 1).evaluations())
        .isEqualTo(2.0 * IrregularSeries.TIMES.size());
  }

  @Test
  void givesTheSameBitsForTheSameSeed() {
    assertThat(bits(1)).isEqualTo(bits(1));
    assertThat(bits(2)).isNotEqualTo(bits(1));
  }

  private static List<Double> bits(long seed) {
    SeriesResult result = train(ADAPTIVE, List.of(), seed, 3);
    List<Double> bits = new ArrayList<>(result.lossCurve());
    bits.add(result.testLoss());
    bits.add(result.evaluations());
    return bits;
  }

  @Test
  void leavesRegularizersOutOfTheLossThatItTells() {
    SeriesResult plain = train(ADAPTIVE, List.of(), 1, 2);
    SeriesResult regularized = train(ADAPTIVE, List.of(new ErrorEstimate(1e5)), 1, 2);
    double before = plain.lossCurve().get(0);
    assertThat(regularized.lossCurve().get(0)).isCloseTo(before, within(1e-9 * before));
    assertThat(regularized.lossCurve().get(1)).isNotEqualTo(plain.lossCurve().get(1));
  }

  private static SeriesResult train(
      BlockSetup block, List<Regularizer> regularizers, long seed, int iterations) {
    return LatentOdeExperiment.train(
        block, regularizers, seed, iterations, new Adam(0.02), ProgressListener.NONE);
  }
}
