/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.anodespark.odelayers.Bits;
import org.anodespark.odelayers.dynamics.CubicSpiral;
import org.anodespark.odelayers.dynamics.GrowthField;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.reversible.AsynchronousLeapfrog;
import org.anodespark.odelayers.solver.reversible.ReversibleHeun;
import org.anodespark.odelayers.solver.rungekutta.ClassicRungeKutta;
import org.anodespark.odelayers.solver.rungekutta.DormandPrince;
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.anodespark.odelayers.solver.rungekutta.HeunEuler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What every exact strategy promises; a subclass names the strategy. */
abstract class ExactStrategyContractTest extends AdjointStrategyContractTest {
  ExactStrategyContractTest(AdjointStrategy strategy) {
    super(strategy);
  }

  @Override
  final Stream<StepMethod> methods() {
    return Stream.of(
        new Euler(),
        new ClassicRungeKutta(),
        new HeunEuler(),
        new DormandPrince(),
        new AsynchronousLeapfrog(),
        new ReversibleHeun());
  }

  /** Reference numbers made once by complex-step differentiation in an independent program. */
  @Test
  void reproducesTheReferenceGradientOfEuler() {
    assertReference(
        new Euler(),
        new double[] {-.0150124068807874, .639124351533695},
        new double[] {-1.54397647776983, -1.42601728051914},
        new double[] {.0286503704858464, -.237282055818318, .259024464612985, -.0632657017591734});
  }

  @Test
  void reproducesTheReferenceGradientOfTheClassicalMethod() {
    assertReference(
        new ClassicRungeKutta(),
        new double[] {.099825780048554, .579052167080866},
        new double[] {-.617333974201828, -1.05397528080241},
        new double[] {.0373854182251494, -.14344961842683, .198974314818181, -.0585095036691799});
  }

  private void assertReference(
      StepMethod method, double[] y1, double[] stateGradient, double[] parameterGradient) {
    DifferentiatedSolve mine = differentiate(method, 8);
    assertThat(mine.y1().toDoubleVector()).containsExactly(y1, within(1e-12));
    assertThat(mine.stateGradient().toDoubleVector()).containsExactly(stateGradient, within(1e-12));
    assertThat(mine.parameterGradient().toDoubleVector())
        .containsExactly(parameterGradient, within(1e-12));
  }

  @ParameterizedTest
  @MethodSource("methodsAndSteps")
  void declaresItselfExactAndGivesTheBitsOfFullStorage(StepMethod method, int steps) {
    assertThat(strategy.exactness()).isEqualTo(Exactness.EXACT);
    DifferentiatedSolve mine = differentiate(method, steps);
    DifferentiatedSolve full =
        DifferentiatedSolve.ofSpiral(
            new FullStorage(), CubicSpiral.reference(), method, steps, pool);
    assertThat(Bits.of(mine.stateGradient())).isEqualTo(Bits.of(full.stateGradient()));
    assertThat(Bits.of(mine.parameterGradient())).isEqualTo(Bits.of(full.parameterGradient()));
  }

  @Test
  void rebuildsNoState() {
    assertThat(differentiate(new Euler(), 8).statistics().reconstructionError()).isNaN();
  }

  /** {@code y(1) = (1 - 25/50)^50}, so {@code dy(1)/dtheta = (1 - 25/50)^49}. */
  @Test
  void differentiatesAFieldThatForgetsWhereItBegan() {
    DifferentiatedSolve mine =
        DifferentiatedSolve.of(
            strategy,
            DifferentiatedSolve.problem(GrowthField.constant(-25), new Euler(), 0, 1, 50, pool),
            GrowthField.state(1),
            y1 -> GrowthField.state(1));
    assertRelative(mine.stateGradient(), Math.pow(0.5, 50));
    assertRelative(mine.parameterGradient(), Math.pow(0.5, 49));
  }

  private static void assertRelative(INDArray actual, double expected) {
    assertThat(actual.getDouble(0) / expected).isCloseTo(1, within(1e-12));
  }
}
