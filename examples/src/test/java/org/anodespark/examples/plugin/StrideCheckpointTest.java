/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.plugin;

import static org.anodespark.examples.plugin.PluginNetworks.denseDynamics;
import static org.anodespark.examples.plugin.PluginNetworks.network;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.stream.Stream;
import org.anodespark.odelayers.adjoint.AdjointCost;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.adjoint.Trajectory;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.SolveCounter;
import org.anodespark.odelayers.solver.SolveStatistics;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.solver.rungekutta.ClassicRungeKutta;
import org.anodespark.odelayers.solver.rungekutta.DormandPrince;
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class StrideCheckpointTest extends PluginTest {
  private static final long STATE_BYTES = 16;

  private final ArrayPool pool = new ArrayPool(DataType.DOUBLE);

  static Stream<StepMethod> methods() {
    return Stream.of(
        new Euler(), new ClassicRungeKutta(), new DormandPrince(), new TwoStepAdamsBashforth());
  }

  static Stream<Arguments> methodsStridesAndSteps() {
    return methods()
        .flatMap(
            method ->
                Stream.of(1, 2, 3)
                    .flatMap(
                        stride -> Stream.of(1, 2, 6, 7).map(n -> Arguments.of(method, stride, n))));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void givesTheBitsOfFullStorageInsideABlock(StepMethod method) {
    INDArray full = PluginNetworks.gradient(network(method, new FullStorage(), denseDynamics()));
    INDArray mine =
        PluginNetworks.gradient(network(method, new StrideCheckpoint(2), denseDynamics()));
    assertThat(mine).isEqualTo(full);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void givesTheBitsOfFullStorageInsideAnodeCheckpoint(StepMethod method) {
    INDArray full = PluginNetworks.gradient(network(method, new FullStorage(), denseDynamics()));
    AdjointStrategy nested = new AnodeCheckpoint(new StrideCheckpoint(2));
    assertThat(PluginNetworks.gradient(network(method, nested, denseDynamics()))).isEqualTo(full);
  }

  @ParameterizedTest
  @MethodSource("methodsStridesAndSteps")
  void costsWhatItDeclares(StepMethod method, int stride, int steps) {
    AdjointStrategy strategy = new StrideCheckpoint(stride);
    AdjointCost cost = strategy.cost(steps, method);
    SolveCounter counter = new SolveCounter();
    long before = pool.bytesInUse();
    try (Trajectory trajectory = solve(strategy, method, steps, counter)) {
      assertThat(counter.savedBytes()).isEqualTo(cost.between().bytes(STATE_BYTES, false, 0));
      trajectory.pullback(Nd4j.ones(DataType.DOUBLE, 1, 2));
    }
    SolveStatistics statistics = counter.statistics();
    assertThat(statistics.forwardEvaluations()).isEqualTo(cost.forwardEvaluations());
    assertThat(statistics.recomputedEvaluations()).isEqualTo(cost.recomputedEvaluations());
    assertThat(statistics.pullbacks()).isEqualTo(cost.pullbacks());
    assertThat(statistics.peakSavedBytes()).isEqualTo(cost.peak().bytes(STATE_BYTES, false, 0));
    assertThat(counter.savedBytes()).isZero();
    assertThat(pool.bytesInUse()).isEqualTo(before);
  }

  @Test
  void givesBackEveryBufferWhenClosedWithoutAGradient() {
    long before = pool.bytesInUse();
    SolveCounter counter = new SolveCounter();
    solve(new StrideCheckpoint(2), new DormandPrince(), 5, counter).close();
    assertThat(pool.bytesInUse()).isEqualTo(before);
    assertThat(counter.savedBytes()).isZero();
  }

  @Test
  void survivesJsonWithItsStrideAsPartOfANetwork() {
    PluginNetworks.assertSurvivesJson(
        network(new Euler(), new StrideCheckpoint(3), denseDynamics()));
  }

  @Test
  void survivesSavingAndLoadingAsPartOfANetwork() throws IOException {
    PluginNetworks.assertSurvivesSaving(
        network(new Euler(), new StrideCheckpoint(3), denseDynamics()));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void refusesAStrideBelowOne(int stride) {
    assertThatThrownBy(() -> new StrideCheckpoint(stride))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("stride = " + stride + ", expected at least 1.");
  }

  private Trajectory solve(
      AdjointStrategy strategy, StepMethod method, int steps, SolveCounter counter) {
    InitialValueProblem problem =
        new InitialValueProblem(
            counter.counting(new PredatorPrey(1.1, 0.4, 0.1, 0.4)),
            method,
            new FixedSteps(steps),
            0,
            1,
            counter,
            pool);
    INDArray start = Nd4j.createFromArray(new double[][] {{4, 3}});
    return strategy.solve(problem, start, Nd4j.zeros(DataType.DOUBLE, 1, 2));
  }
}
