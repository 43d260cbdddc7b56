/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.anodespark.odelayers.failure.FailureReason;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.schedule.ExponentialAnnealing;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.Tolerance;
import org.anodespark.odelayers.solver.rungekutta.ClassicRungeKutta;
import org.anodespark.odelayers.solver.rungekutta.HeunEuler;
import org.apache.commons.lang3.SerializationUtils;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.shade.jackson.databind.ObjectMapper;

class AdaptiveStepsTest {
  /** 100, 10, 1, 1 ... over the iterations. */
  private static final ISchedule FALLING =
      new ExponentialAnnealing(ScheduleType.ITERATION, 100, 1, 2);

  private final ObjectMapper mapper = NeuralNetConfiguration.mapper();

  @Test
  void haveTheUsualValuesIfNothingIsSaid() {
    AdaptiveSteps steps = new AdaptiveSteps(1e-3, 1e-6);
    assertThat(steps).isEqualTo(new AdaptiveSteps.Builder(1e-3, 1e-6).build());
    assertThat(steps.relativeTolerance()).isEqualTo(1e-3);
    assertThat(steps.absoluteTolerance()).isEqualTo(1e-6);
    assertThat(steps.norm()).isEqualTo(ErrorNorm.BATCH_RMS);
    assertThat(steps.proportional()).isZero();
    assertThat(steps.integral()).isEqualTo(1);
    assertThat(steps.derivative()).isZero();
    assertThat(steps.safety()).isEqualTo(0.9);
    assertThat(steps.minimumFactor()).isEqualTo(0.2);
    assertThat(steps.maximumFactor()).isEqualTo(10);
    assertThat(steps.firstStep()).isZero();
    assertThat(steps.minimumStep()).isZero();
    assertThat(steps.maximumStep()).isInfinite();
    assertThat(steps.maximumSteps()).isEqualTo(10_000);
    assertThat(steps.jumpTimes()).isEmpty();
  }

  @Test
  void doNotKnowTheirNumberAhead() {
    assertThat(new AdaptiveSteps(1e-3, 1e-6).steps()).isEmpty();
  }

  @Test
  void haveTheValuesThatTheirBuilderWasGiven() {
    AdaptiveSteps steps = other();
    assertThat(steps.norm()).isEqualTo(ErrorNorm.WORST_SAMPLE);
    assertThat(steps.proportional()).isEqualTo(0.4);
    assertThat(steps.integral()).isEqualTo(0.3);
    assertThat(steps.derivative()).isEqualTo(0.1);
    assertThat(steps.safety()).isEqualTo(0.8);
    assertThat(steps.minimumFactor()).isEqualTo(0.25);
    assertThat(steps.maximumFactor()).isEqualTo(4);
    assertThat(steps.firstStep()).isEqualTo(0.125);
    assertThat(steps.minimumStep()).isEqualTo(1e-3);
    assertThat(steps.maximumStep()).isEqualTo(0.5);
    assertThat(steps.maximumSteps()).isEqualTo(77);
    assertThat(steps.jumpTimes()).containsExactly(-1, 0.5, 3);
  }

  @Test
  void cannotBeChangedThroughTheirJumpTimes() {
    double[] times = {0.5};
    AdaptiveSteps steps = new AdaptiveSteps.Builder(1e-3, 1e-6).jumpTimes(times).build();
    times[0] = 7;
    steps.jumpTimes()[0] = 8;
    assertThat(steps.jumpTimes()).containsExactly(0.5);
  }

  static Stream<Arguments> outOfRange() {
    return Stream.of(
        refused(b -> b.safety(0), "safety = 0.0, expected in (0, 1]."),
        refused(b -> b.safety(1.1), "safety = 1.1, expected in (0, 1]."),
        refused(b -> b.safety(Double.NaN), "safety = NaN, expected in (0, 1]."),
        refused(b -> b.coefficients(-1, 1, 0), "proportional = -1.0, expected >= 0."),
        refused(b -> b.coefficients(0, 0, 0), "integral = 0.0, expected > 0."),
        refused(b -> b.coefficients(0, 1, Double.NaN), "derivative = NaN, expected >= 0."),
        refused(b -> b.factors(0, 10), "minimumFactor = 0.0, expected in (0, 1)."),
        refused(b -> b.factors(1, 10), "minimumFactor = 1.0, expected in (0, 1)."),
        refused(b -> b.factors(0.2, 0.9), "maximumFactor = 0.9, expected >= 1."),
        refused(
            b -> b.factors(0.2, Double.POSITIVE_INFINITY),
            "maximumFactor = Infinity, expected >= 1."),
        refused(b -> b.stepLengths(-1, 1), "minimumStep = -1.0, expected >= 0."),
        refused(
            b -> b.stepLengths(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY),
            "minimumStep = Infinity, expected >= 0."),
        refused(
            b -> b.stepLengths(1, 0.5),
            "maximumStep = 0.5, expected > 0 and not below minimumStep = 1.0."),
        refused(
            b -> b.stepLengths(0, 0),
            "maximumStep = 0.0, expected > 0 and not below minimumStep = 0.0."),
        refused(
            b -> b.firstStep(-0.1),
            "firstStep = -0.1, expected 0, to choose it, or a length from minimumStep to"
                + " maximumStep."),
        refused(
            b -> b.firstStep(0.1).stepLengths(0.2, 0.3),
            "firstStep = 0.1, expected 0, to choose it, or a length from minimumStep to"
                + " maximumStep."),
        refused(
            b -> b.firstStep(Double.POSITIVE_INFINITY),
            "firstStep = Infinity, expected 0, to choose it, or a length from minimumStep to"
                + " maximumStep."),
        refused(b -> b.maximumSteps(0), "maximumSteps = 0, expected >= 1."),
        refused(b -> b.norm(null), "norm = null, expected BATCH_RMS or WORST_SAMPLE."),
        refused(b -> b.jumpTimes(1, Double.NaN), "jumpTimes = [1.0, NaN], expected finite times."));
  }

  private static Arguments refused(UnaryOperator<AdaptiveSteps.Builder> change, String message) {
    return Arguments.of(change, message);
  }

  @ParameterizedTest
  @MethodSource("outOfRange")
  void refuseAValueOutOfItsRange(UnaryOperator<AdaptiveSteps.Builder> change, String message) {
    AdaptiveSteps.Builder builder = change.apply(new AdaptiveSteps.Builder(1e-3, 1e-6));
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-1e-3    | 1e-6 | relativeTolerance = -0.001, expected >= 0.",
        "NaN      | 1e-6 | relativeTolerance = NaN, expected >= 0.",
        "Infinity | 1e-6 | relativeTolerance = Infinity, expected >= 0.",
        "1e-3     | 0    | absoluteTolerance = 0.0, expected > 0.",
        "1e-3     | NaN  | absoluteTolerance = NaN, expected > 0."
      })
  void refuseAToleranceOutOfItsRange(double relative, double absolute, String message) {
    assertThatThrownBy(() -> new AdaptiveSteps(relative, absolute))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void refuseAMethodWithoutAnErrorEstimate() {
    assertThatThrownBy(() -> new AdaptiveSteps(1e-3, 1e-6).check(new ClassicRungeKutta()))
        .isInstanceOfSatisfying(
            OdeSolveException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.UNSUPPORTED_COMBINATION))
        .hasMessageContaining("ClassicRungeKutta gives none; use it with FixedSteps");
    new AdaptiveSteps(1e-3, 1e-6).check(new HeunEuler());
  }

  static Stream<AdaptiveSteps> some() {
    return Stream.of(
        new AdaptiveSteps(1e-3, 1e-6),
        new AdaptiveSteps(0, 1e-6),
        other(),
        otherBuilder().toleranceFactor(FALLING).build());
  }

  @Test
  void multiplyBothTolerancesByTheFactorOfTheIterationOrEpoch() {
    AdaptiveSteps steps = new AdaptiveSteps.Builder(1e-3, 1e-6).toleranceFactor(FALLING).build();
    assertThat(steps.during(0, 7)).isEqualTo(new AdaptiveSteps(100 * 1e-3, 100 * 1e-6));
    assertThat(steps.during(1, 7).tolerance().orElseThrow().relative())
        .isCloseTo(1e-2, within(1e-12));
    assertThat(steps.during(9, 7)).isEqualTo(new AdaptiveSteps(1e-3, 1e-6));
    assertThat(steps.tolerance()).contains(new Tolerance(1e-3, 1e-6));
    AdaptiveSteps byEpoch =
        new AdaptiveSteps.Builder(1e-3, 1e-6)
            .toleranceFactor(new ExponentialAnnealing(ScheduleType.EPOCH, 100, 1, 2))
            .build();
    assertThat(byEpoch.during(7, 0)).isEqualTo(new AdaptiveSteps(100 * 1e-3, 100 * 1e-6));
    assertThat(byEpoch.during(0, 2)).isEqualTo(new AdaptiveSteps(1e-3, 1e-6));
  }

  @Test
  void keepTheirOtherValuesDuringATraining() {
    assertThat(otherBuilder().toleranceFactor(new FixedSchedule(1)).build().during(3, 1))
        .isEqualTo(other());
  }

  @Test
  void areTheSameThroughoutATrainingWithoutAFactor() {
    AdaptiveSteps steps = other();
    assertThat(steps.during(3, 1)).isSameAs(steps);
    assertThat(steps.toleranceFactor()).isEmpty();
  }

  @Test
  void refuseAFactorThatIsNotPositive() {
    AdaptiveSteps steps =
        new AdaptiveSteps.Builder(1e-3, 1e-6).toleranceFactor(new FixedSchedule(0)).build();
    assertThatThrownBy(() -> steps.during(3, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("toleranceFactor at iteration 3 of epoch 1 = 0.0, expected > 0.");
  }

  @ParameterizedTest
  @MethodSource("some")
  void surviveJson(AdaptiveSteps steps) throws IOException {
    String json = mapper.writeValueAsString(steps);
    StepControl read = mapper.readValue(json, StepControl.class);
    assertThat(read).isEqualTo(steps).hasSameHashCodeAs(steps);
  }

  @Test
  void areWrittenWithTheirClassAndEveryValue() throws IOException {
    assertThat(mapper.readTree(mapper.writeValueAsString(new AdaptiveSteps(1e-3, 1e-6))))
        .isEqualTo(
            mapper.readTree(
                """
                {"@class": "org.anodespark.odelayers.solver.control.AdaptiveSteps",
                 "relativeTolerance": 0.001, "absoluteTolerance": 1e-6, "norm": "BATCH_RMS",
                 "proportional": 0.0, "integral": 1.0, "derivative": 0.0, "safety": 0.9,
                 "minimumFactor": 0.2, "maximumFactor": 10.0, "firstStep": 0.0,
                 "minimumStep": 0.0, "maximumStep": "Infinity", "maximumSteps": 10000,
                 "jumpTimes": []}
                """));
  }

  @Test
  void takeTheUsualValuesForThoseThatJsonLeavesOut() throws IOException {
    String json =
        """
        {"@class": "org.anodespark.odelayers.solver.control.AdaptiveSteps",
         "relativeTolerance": 0.001, "absoluteTolerance": 1e-6, "jumpTimes": [0.5]}
        """;
    assertThat(mapper.readValue(json, StepControl.class))
        .isEqualTo(new AdaptiveSteps.Builder(1e-3, 1e-6).jumpTimes(0.5).build());
  }

  @Test
  void refuseJsonWithAValueOutOfItsRange() {
    String json =
        """
        {"@class": "org.anodespark.odelayers.solver.control.AdaptiveSteps",
         "relativeTolerance": 0.001, "absoluteTolerance": 1e-6, "safety": 2}
        """;
    assertThatThrownBy(() -> mapper.readValue(json, StepControl.class))
        .hasMessageContaining("safety = 2.0, expected in (0, 1].");
  }

  @ParameterizedTest
  @MethodSource("some")
  void surviveJavaSerialisation(AdaptiveSteps steps) {
    assertThat(SerializationUtils.roundtrip(steps)).isEqualTo(steps).hasSameHashCodeAs(steps);
  }

  @Test
  void areEqualByTheirValues() {
    assertThat(other()).isEqualTo(other()).hasSameHashCodeAs(other());
    assertThat(other()).isNotEqualTo(new AdaptiveSteps(1e-3, 1e-6));
    assertThat(other()).isNotEqualTo(otherBuilder().toleranceFactor(FALLING).build());
    assertThat(new AdaptiveSteps(1e-3, 1e-6))
        .isNotEqualTo(new AdaptiveSteps.Builder(1e-3, 1e-6).jumpTimes(0.5).build())
        .hasToString("AdaptiveSteps(relativeTolerance=0.001, absoluteTolerance=1.0E-6)");
  }

  private static AdaptiveSteps other() {
    return otherBuilder().build();
  }

  private static AdaptiveSteps.Builder otherBuilder() {
    return new AdaptiveSteps.Builder(1e-4, 1e-8)
        .norm(ErrorNorm.WORST_SAMPLE)
        .coefficients(0.4, 0.3, 0.1)
        .safety(0.8)
        .factors(0.25, 4)
        .firstStep(0.125)
        .stepLengths(1e-3, 0.5)
        .maximumSteps(77)
        .jumpTimes(3, -1, 0.5);
  }
}
