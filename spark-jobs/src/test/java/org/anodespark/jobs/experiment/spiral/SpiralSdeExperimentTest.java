/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment.spiral;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.anodespark.jobs.experiment.series.ProgressListener;
import org.anodespark.jobs.experiment.series.SeriesResult;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.regularization.ErrorEstimate;
import org.anodespark.odelayers.regularization.Regularizer;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.stochastic.StochasticSteps;
import org.anodespark.odelayers.stochastic.rungekutta.Sosri;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Adam;

class SpiralSdeExperimentTest {
  private static final StepControl PUBLISHED_STEPS = StochasticSteps.adaptive(0.3, 0.3).build();

  @Test
  void learnsMeansAndVariances() {
    SeriesResult result = train(1, 20, List.of());
    assertThat(result.lossCurve()).hasSize(20);
    assertThat(result.testLoss()).isLessThan(result.lossCurve().get(0) / 10);
    assertThat(result.evaluations()).isGreaterThanOrEqualTo(29 * 4);
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
    StepControl fine = StochasticSteps.adaptive(0.1, 0.1).build();
    SeriesResult plain = train(fine, 1, 12, List.of());
    SeriesResult regularized = train(fine, 1, 12, List.of(new ErrorEstimate(1000)));
    assertThat(regularized.evaluations()).isLessThan(0.8 * plain.evaluations());
  }

  private static SeriesResult train(long seed, int iterations, List<Regularizer> regularizers) {
    return train(PUBLISHED_STEPS, seed, iterations, regularizers);
  }

  private static SeriesResult train(
      StepControl control, long seed, int iterations, List<Regularizer> regularizers) {
    return SpiralSdeExperiment.train(
        new Sosri(),
        control,
        new FullStorage(),
        regularizers,
        seed,
        iterations,
        new Adam(0.02),
        ProgressListener.NONE);
  }
}
