/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.plugin;

import static org.anodespark.examples.plugin.PluginNetworks.STEPS;
import static org.anodespark.examples.plugin.PluginNetworks.denseDynamics;
import static org.anodespark.examples.plugin.PluginNetworks.network;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.stream.Stream;
import org.anodespark.odelayers.OdeBlock;
import org.anodespark.odelayers.OdeBlockLayer;
import org.anodespark.odelayers.adjoint.AdjointCost;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.adjoint.OnlineCheckpoint;
import org.anodespark.odelayers.adjoint.Revolve;
import org.anodespark.odelayers.adjoint.StepCheckpoint;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.SolveCounter;
import org.anodespark.odelayers.solver.SolveStatistics;
import org.anodespark.odelayers.solver.control.AdaptiveSteps;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TwoStepAdamsBashforthTest extends PluginTest {
  static Stream<AdjointStrategy> strategies() {
    return Stream.of(
        new FullStorage(),
        new StepCheckpoint(),
        new AnodeCheckpoint(),
        new Revolve(2),
        new OnlineCheckpoint(2),
        new StrideCheckpoint(2));
  }

  @Test
  void convergesWithOrderTwo() {
    double coarse = distanceFromTheSolution(200);
    double fine = distanceFromTheSolution(400);
    assertThat(Math.log(coarse / fine) / Math.log(2)).isCloseTo(2.0, within(0.05));
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void hasTheGradientOfCentralDifferencesInANetwork(AdjointStrategy strategy) {
    assertThat(
            PluginNetworks.agreesWithCentralDifferences(
                network(new TwoStepAdamsBashforth(), strategy, denseDynamics())))
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void costsWhatEachStrategyDeclares(AdjointStrategy strategy) {
    MultiLayerNetwork network = network(new TwoStepAdamsBashforth(), strategy, denseDynamics());
    PluginNetworks.gradient(network);
    SolveStatistics statistics = ((OdeBlockLayer) network.getLayer(1)).statistics();
    AdjointCost cost = strategy.cost(STEPS, new TwoStepAdamsBashforth());
    assertThat(statistics.forwardEvaluations()).isEqualTo(cost.forwardEvaluations());
    // the only block of a network is differentiated first, so what ANODE would recompute it has
    long recomputed = strategy instanceof AnodeCheckpoint ? 0 : cost.recomputedEvaluations();
    assertThat(statistics.recomputedEvaluations()).isEqualTo(recomputed);
    assertThat(statistics.pullbacks()).isEqualTo(cost.pullbacks());
  }

  @Test
  void survivesJsonAsPartOfANetwork() {
    PluginNetworks.assertSurvivesJson(
        network(new TwoStepAdamsBashforth(), new AnodeCheckpoint(), denseDynamics()));
  }

  @Test
  void survivesSavingAndLoadingAsPartOfANetwork() throws IOException {
    PluginNetworks.assertSurvivesSaving(
        network(new TwoStepAdamsBashforth(), new AnodeCheckpoint(), denseDynamics()));
  }

  @Test
  void isRefusedWithAdaptiveStepsBecauseItEstimatesNoError() {
    assertThatThrownBy(
            () ->
                new OdeBlock.Builder()
                    .dynamics(denseDynamics())
                    .solver(new TwoStepAdamsBashforth())
                    .stepControl(new AdaptiveSteps(1e-3, 1e-6))
                    .build())
        .isInstanceOf(OdeSolveException.class)
        .hasMessageContaining("TwoStepAdamsBashforth gives none")
        .hasMessageContaining("use it with FixedSteps");
  }

  /** Prey alone grows exponentially, predators alone die so. */
  private static double distanceFromTheSolution(int steps) {
    INDArray end = Nd4j.zeros(DataType.DOUBLE, 1, 2);
    new InitialValueProblem(
            new PredatorPrey(1.5, 0, 0, 1),
            new TwoStepAdamsBashforth(),
            new FixedSteps(steps),
            0,
            1,
            new SolveCounter(),
            new ArrayPool(DataType.DOUBLE))
        .solve(Nd4j.createFromArray(new double[][] {{1, 2}}), end);
    return Math.hypot(end.getDouble(0) - Math.exp(1.5), end.getDouble(1) - 2 * Math.exp(-1));
  }
}
