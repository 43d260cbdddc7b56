/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.adjoint.Interpolated;
import org.anodespark.odelayers.adjoint.OnlineCheckpoint;
import org.anodespark.odelayers.adjoint.ReverseTime;
import org.anodespark.odelayers.adjoint.Revolve;
import org.anodespark.odelayers.adjoint.StepCheckpoint;
import org.anodespark.odelayers.solver.control.AdaptiveSteps;
import org.anodespark.odelayers.solver.control.ErrorNorm;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.solver.rungekutta.DormandPrince;
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockSetupTest {
  @Test
  void equalStepsAreFixed() {
    assertThat(BlockSetup.equalSteps("euler", 3, "full", 1))
        .isEqualTo(new BlockSetup(new Euler(), new FixedSteps(3), new FullStorage()));
  }

  @ParameterizedTest
  @CsvSource({"batch, BATCH_RMS", "worst, WORST_SAMPLE"})
  void adaptiveStepsTakeEveryValue(String name, ErrorNorm norm) {
    assertThat(
            BlockSetup.adaptiveSteps("dormand-prince", 1e-4, 1e-6, 1, 1, name, "pi", 77, "full", 1))
        .isEqualTo(
            new BlockSetup(
                new DormandPrince(),
                new AdaptiveSteps.Builder(1e-4, 1e-6)
                    .norm(norm)
                    .coefficients(0.4, 0.3, 0)
                    .maximumSteps(77)
                    .build(),
                new FullStorage()));
  }

  @ParameterizedTest
  @CsvSource({"i, 0, 1, 0", "pi, 0.4, 0.3, 0", "pid, 0.14, 0.25, 0.1"})
  void aControllerIsItsThreeCoefficients(
      String name, double proportional, double integral, double derivative) {
    assertThat(adaptive(name))
        .extracting(AdaptiveSteps::proportional, AdaptiveSteps::integral, AdaptiveSteps::derivative)
        .containsExactly(proportional, integral, derivative);
  }

  @Test
  void anAdjointIsItsStrategyWithTheSnapshotsOfTheSettings() {
    Map<String, Object> expected =
        Map.of(
            "full", new FullStorage(),
            "anode", new AnodeCheckpoint(),
            "step", new StepCheckpoint(),
            "revolve", new Revolve(3),
            "online", new OnlineCheckpoint(3),
            "anode-revolve", new AnodeCheckpoint(new Revolve(3)),
            "reverse-time", new ReverseTime(),
            "interpolated", new Interpolated());

    assertThat(expected)
        .allSatisfy(
            (name, strategy) ->
                assertThat(BlockSetup.equalSteps("dormand-prince", 9, name, 3).adjoint())
                    .isEqualTo(strategy));
  }

  @Test
  void twoNamesAreTwoMethods() {
    List<String> methods =
        StepMethods.CHOICES.names().stream()
            .map(StepMethods.CHOICES::get)
            .map(Supplier::get)
            .map(Object::toString)
            .toList();
    assertThat(methods).doesNotHaveDuplicates();
  }

  @Test
  void partsThatDoNotFitAreABadConfigurationInTheWordsOfOdelayers() {
    assertThatThrownBy(
            () -> BlockSetup.adaptiveSteps("rk4", 1, 1, 1, 1, "batch", "i", 1, "anode", 1))
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessage(
            "model.block.solver = rk4, model.block.steps = 0 and model.block.adjoint = anode do not"
                + " work together: AdaptiveSteps needs an estimate of the error of each step, and"
                + " ClassicRungeKutta gives none; use it with FixedSteps, or AdaptiveSteps with"
                + " DormandPrince, Tsitouras, BogackiShampine or HeunEuler.");
  }

  @Test
  void aNameThatIsNotCheckedIsADefect() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BlockSetup.equalSteps("euler", 1, "none", 1))
        .withMessageStartingWith("\"none\" is none of full, anode, step, ");
  }

  @Test
  void aNameCannotBeGivenTwice() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Choices.<Integer>none().and("a", 1).and("a", 2))
        .withMessage("The name a is given twice.");
  }

  private static AdaptiveSteps adaptive(String controller) {
    return (AdaptiveSteps)
        BlockSetup.adaptiveSteps("tsitouras", 1, 1, 1, 1, "batch", controller, 1, "anode", 1)
            .control();
  }

  @Test
  void tolerancesGoToTheirLastValueOverTheTraining() {
    AdaptiveSteps control =
        (AdaptiveSteps)
            BlockSetup.adaptiveSteps("tsitouras", 1e-4, 1e-6, 100, 50, "batch", "pi", 77, "full", 1)
                .control();

    assertThat(relative(control, 0)).isCloseTo(1e-2, withinPercentage(1e-9));
    assertThat(relative(control, 25)).isCloseTo(1e-3, withinPercentage(1e-9));
    assertThat(relative(control, 50)).isCloseTo(1e-4, withinPercentage(1e-9));
    assertThat(control.tolerance().orElseThrow().relative()).as("in predictions").isEqualTo(1e-4);
  }

  private static double relative(AdaptiveSteps control, int iteration) {
    return control.during(iteration, 0).tolerance().orElseThrow().relative();
  }
}
