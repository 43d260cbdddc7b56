/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.anodespark.jobs.config.OptimizerSettings;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.plan.TrainingPlan;
import org.anodespark.jobs.testing.TestSettings;
import org.anodespark.jobs.testing.TinyNetworks;
import org.anodespark.odelayers.schedule.CosineSchedule;
import org.anodespark.odelayers.schedule.LinearSchedule;
import org.anodespark.odelayers.schedule.WarmUpSchedule;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;

class OptimizersTest {
  /** Ten epochs of 30 iterations. */
  private static final TrainingPlan PLAN = new TrainingPlan(1, 30, 10, 1, 1, 1);

  @Test
  void stepsLowerTheRateAfterTheirEpochs() {
    ISchedule rate = rate(List.of(2, 5), 0);

    assertThat(rate.valueAt(0, 0)).isEqualTo(0.05);
    assertThat(rate.valueAt(59, 0)).isEqualTo(0.05);
    assertThat(rate.valueAt(60, 0)).isEqualTo(0.025);
    assertThat(rate.valueAt(149, 0)).isEqualTo(0.025);
    assertThat(rate.valueAt(150, 0)).isEqualTo(0.0125);
  }

  @Test
  void stepsAreCountedFromTheBeginningEvenAfterAWarmUp() {
    ISchedule rate = rate(List.of(2), 1);

    assertThat(rate.valueAt(29, 0)).isLessThan(0.05);
    assertThat(rate.valueAt(30, 0)).isEqualTo(0.05);
    assertThat(rate.valueAt(59, 0)).isEqualTo(0.05);
    assertThat(rate.valueAt(60, 0)).isEqualTo(0.025);
  }

  @ParameterizedTest
  @CsvSource({"none, None", "value, ClipElementWiseAbsoluteValue", "norm, ClipL2PerLayer"})
  void gradientsAreClipped(String kind, GradientNormalization expected) {
    Optimization optimization =
        Optimizers.of(
            new OptimizerSettings("sgd", 0.05, 0, 0, "constant", List.of(), 0.5, 0, kind, 2.5),
            PLAN,
            1);

    assertThat(optimization.clipping()).isEqualTo(expected);
    assertThat(optimization.clippingThreshold()).isEqualTo(2.5);
  }

  private static ISchedule rate(List<Integer> epochs, int warmUpEpochs) {
    return ((Sgd)
            Optimizers.of(
                    new OptimizerSettings(
                        "sgd", 0.05, 0, 0, "step", epochs, 0.5, warmUpEpochs, "none", 1),
                    PLAN,
                    1)
                .updater())
        .getLearningRateSchedule();
  }

  @Test
  void aScaleMultipliesTheLearningRateOfTheWholeSchedule() {
    assertThat(Optimizers.of(settings("sgd", 0, "linear"), PLAN, 0.5).updater())
        .isEqualTo(
            Optimizers.of(TestSettings.optimizer("sgd", 0.025, 0.9, 0, "linear", 0), PLAN, 1)
                .updater());
  }

  @Test
  void sgdWithAConstantRate() {
    assertThat(Optimizers.of(settings("sgd", 0, "constant"), PLAN, 1).updater())
        .isEqualTo(new Sgd(new FixedSchedule(0.05)));
  }

  @Test
  void nesterovWithARateThatFallsOverTheRun() {
    assertThat(Optimizers.of(settings("nesterov", 0, "linear"), PLAN, 1).updater())
        .isEqualTo(new Nesterovs(new LinearSchedule(0.05, 300), 0.9));
  }

  @Test
  void nesterovWithARateThatFallsAsACosine() {
    assertThat(Optimizers.of(settings("nesterov", 0, "cosine"), PLAN, 1).updater())
        .isEqualTo(new Nesterovs(new CosineSchedule(0.05, 300), 0.9));
  }

  @Test
  void aWarmUpTakesItsEpochsFromTheSchedule() {
    OptimizerSettings settings = TestSettings.optimizer("sgd", 0.05, 0, 0, "cosine", 2);

    assertThat(Optimizers.of(settings, PLAN, 1).updater())
        .isEqualTo(new Sgd(new WarmUpSchedule(60, new CosineSchedule(0.05, 240))));
  }

  @Test
  void theLearningRateOfANetworkIsThatOfItsScheduleAtTheIteration() {
    // whose running statistics have an updater without a rate
    ComputationGraph network =
        TinyNetworks.batchNormalised(
            Optimizers.of(settings("nesterov", 0, "linear"), PLAN, 0.5).updater());

    assertThat(Optimizers.learningRate(network, 0, 0)).isEqualTo(0.025);
    assertThat(Optimizers.learningRate(network, 150, 5)).isEqualTo(0.0125);
  }

  @Test
  void thereAreUpdatersWithoutALearningRate() {
    assertThat(Optimizers.learningRate(TinyNetworks.dense(new AdaDelta()), 0, 0)).isNaN();
  }

  @Test
  void adam() {
    assertThat(Optimizers.of(settings("adam", 0, "constant"), PLAN, 1).updater())
        .isEqualTo(new Adam(new FixedSchedule(0.05)));
  }

  @Test
  void weightDecayIsDecoupledAndScaledByTheRate() {
    assertThat(Optimizers.of(settings("sgd", 1e-4, "constant"), PLAN, 1).regularization())
        .containsExactly(new WeightDecay(1e-4, true));
  }

  @Test
  void noWeightDecayIsNoRegularization() {
    assertThat(Optimizers.of(settings("sgd", 0, "constant"), PLAN, 1).regularization()).isEmpty();
  }

  @Test
  void anotherKindIsRefused() {
    assertThatThrownBy(() -> Optimizers.of(settings("lbfgs", 0, "constant"), PLAN, 1))
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessage("optimizer.kind is \"lbfgs\", expected \"sgd\", \"nesterov\" or \"adam\".");
  }

  @Test
  void anotherScheduleIsRefused() {
    assertThatThrownBy(() -> Optimizers.of(settings("sgd", 0, "poly"), PLAN, 1))
        .isInstanceOf(JobFailure.class)
        .hasMessage(
            "optimizer.schedule is \"poly\", expected \"constant\", \"linear\", \"cosine\" or"
                + " \"step\".");
  }

  private static OptimizerSettings settings(String kind, double weightDecay, String schedule) {
    return TestSettings.optimizer(kind, 0.05, 0.9, weightDecay, schedule, 0);
  }
}
