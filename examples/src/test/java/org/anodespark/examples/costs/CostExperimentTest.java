/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.costs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.rungekutta.ClassicRungeKutta;
import org.anodespark.odelayers.solver.rungekutta.DormandPrince;
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.junit.jupiter.api.Test;

class CostExperimentTest {
  private static final PrintStream NOWHERE =
      new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

  @Test
  void findsTheBytesThatEachStrategyDeclares() {
    List<Measurement> measurements =
        measure(List.of(new Euler(), new ClassicRungeKutta(), new DormandPrince()), 1, 2, 7);
    assertThat(measurements)
        .allSatisfy(
            each ->
                assertThat(each.statistics().peakSavedBytes())
                    .as("%s, %s, N = %d", each.strategy(), each.method(), each.steps())
                    .isEqualTo(each.declaredPeakBytes()));
  }

  @Test
  void countsTheEvaluationsThatEachStrategyDeclares() {
    List<Measurement> measurements =
        measure(List.of(new Euler(), new ClassicRungeKutta(), new DormandPrince()), 1, 2, 7);
    assertThat(measurements)
        .allSatisfy(
            each ->
                assertThat(
                        List.of(
                            each.statistics().forwardEvaluations(),
                            each.statistics().recomputedEvaluations(),
                            each.statistics().pullbacks()))
                    .as("%s, %s, N = %d", each.strategy(), each.method(), each.steps())
                    .containsExactly(
                        each.declared().forwardEvaluations(),
                        each.declared().recomputedEvaluations(),
                        each.declared().pullbacks()));
  }

  @Test
  void leavesOutWhatDoesNotFitTheMethod() {
    assertThat(strategies(new Euler()))
        .contains("FullStorage", "AnodeCheckpoint", "StepCheckpoint", "Revolve(4)")
        .noneMatch(name -> name.startsWith("Interpolated"));
    assertThat(strategies(new DormandPrince()))
        .anyMatch(name -> name.startsWith("Interpolated"))
        .noneMatch(name -> name.startsWith("Reversible"));
  }

  private static List<String> strategies(StepMethod method) {
    return measure(List.of(method), 2).stream().map(each -> each.strategy().toString()).toList();
  }

  private static List<Measurement> measure(List<StepMethod> methods, Integer... steps) {
    CostSettings settings = new CostSettings(2, 3, 2, methods, List.of(steps), 0, 1);
    return new CostExperiment(settings).run(NOWHERE);
  }
}
