/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.stochastic.rungekutta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.anodespark.odelayers.Bits;
import org.anodespark.odelayers.RoundTrip;
import org.anodespark.odelayers.adjoint.AdjointCost;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.adjoint.OnlineCheckpoint;
import org.anodespark.odelayers.adjoint.Revolve;
import org.anodespark.odelayers.adjoint.StepCheckpoint;
import org.anodespark.odelayers.dynamics.CubicSpiral;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.SolveStatistics;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.TimeGrid;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.stochastic.noise.BrownianPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What every stochastic method promises; a subclass names the method and its orders. */
abstract class StochasticMethodContractTest {
  private static final int STEPS = 5;

  final StochasticRungeKutta method;
  final ArrayPool pool = new ArrayPool(DataType.DOUBLE);
  private final double orderForAdditiveNoise;

  StochasticMethodContractTest(StochasticRungeKutta method, double orderForAdditiveNoise) {
    this.method = method;
    this.orderForAdditiveNoise = orderForAdditiveNoise;
  }

  static Stream<AdjointStrategy> exactStrategies() {
    return Stream.of(
        new FullStorage(),
        new StepCheckpoint(),
        new AnodeCheckpoint(),
        new AnodeCheckpoint(new Revolve(2)),
        new OnlineCheckpoint(2));
  }

  @Test
  void convergesWithItsStrongOrderOnGeometricBrownianMotion() {
    assertThat(StrongTestProblem.GEOMETRIC_BROWNIAN_MOTION.measuredOrder(method))
        .isCloseTo(method.strongOrder(), within(0.2));
  }

  @Test
  void convergesWithItsStrongOrderForAdditiveNoise() {
    assertThat(StrongTestProblem.ADDITIVE_NOISE.measuredOrder(method))
        .isCloseTo(orderForAdditiveNoise, within(0.2));
  }

  @Test
  void isTheDerivativeAtFrozenNoise() {
    assertIsTheDerivative(fixed());
  }

  final void assertIsTheDerivative(DifferentiatedPath path) {
    List<Double> gradient = path.differentiate(new FullStorage()).gradient();
    for (int i = 0; i < gradient.size(); i++) {
      double difference = path.difference(i);
      assertThat(gradient.get(i)).isCloseTo(difference, within(1e-7 * Math.abs(difference)));
    }
  }

  private DifferentiatedPath fixed() {
    return new DifferentiatedPath(method, new FixedSteps(STEPS), false, pool);
  }

  @ParameterizedTest
  @MethodSource("exactStrategies")
  void hasTheSameGradientToTheBitWithEveryExactStrategy(AdjointStrategy strategy) {
    assertHasTheBitsOfFullStorage(fixed(), strategy);
  }

  final void assertHasTheBitsOfFullStorage(DifferentiatedPath path, AdjointStrategy strategy) {
    DifferentiatedPath.Result full = path.differentiate(new FullStorage());
    DifferentiatedPath.Result mine = path.differentiate(strategy);
    assertThat(mine.end()).isEqualTo(full.end());
    assertThat(mine.gradient()).isEqualTo(full.gradient());
    assertThat(mine.measures()).isEqualTo(full.measures());
    assertThat(pool.bytesInUse()).isZero();
  }

  @ParameterizedTest
  @MethodSource("exactStrategies")
  void costsWhatTheStrategyDeclares(AdjointStrategy strategy) {
    SolveStatistics statistics = fixed().differentiate(strategy).statistics().solve();
    StepMethod alongPath = method.withoutPath();
    AdjointCost cost = strategy.cost(STEPS, alongPath);
    assertThat(statistics.forwardEvaluations()).isEqualTo(cost.forwardEvaluations());
    assertThat(statistics.recomputedEvaluations()).isEqualTo(cost.recomputedEvaluations());
    assertThat(statistics.pullbacks()).isEqualTo(cost.pullbacks());
  }

  /** States of 16 bytes; kept evaluations of f and g hold 16 and 32 bytes. */
  @Test
  void keepsTheBytesThatItDeclares() {
    SolveStatistics statistics = fixed().differentiate(new FullStorage()).statistics().solve();
    StepMethod alongPath = method.withoutPath();
    long states = STEPS * (1L + alongPath.tapeArguments());
    long evaluations =
        STEPS
            * (method.driftEvaluations() * CubicSpiral.KEPT_BYTES
                + method.diffusionEvaluations() * WaveField.KEPT_BYTES);
    assertThat(statistics.peakSavedBytes()).isEqualTo(16 * states + evaluations);
  }

  @Test
  void countsEvaluationsOfDriftAndDiffusionApart() {
    var statistics = fixed().differentiate(new FullStorage()).statistics();
    assertThat(statistics.driftEvaluations()).isEqualTo((long) STEPS * method.driftEvaluations());
    assertThat(statistics.diffusionEvaluations())
        .isEqualTo((long) STEPS * method.diffusionEvaluations());
  }

  @Test
  void isAnEulerStepOrBetterWithoutNoise() {
    BrownianPath path = new BrownianPath(1, TimeGrid.equalSteps(0, 0.5, 1), 2);
    StepMethod alongPath = method.along(new ArrayField((t, u) -> u.mul(0)), path);
    INDArray u1 =
        alongPath.step(new ArrayField((t, u) -> u.mul(0).addi(3)), 0, 0.5, CubicSpiral.state(1, 2));
    assertThat(Bits.of(u1)).containsExactly(new double[] {2.5, 3.5}, within(1e-12));
  }

  @Test
  void survivesJsonAndJavaSerialisation() throws IOException, ClassNotFoundException {
    assertThat(RoundTrip.json(method, StochasticRungeKutta.class)).isEqualTo(method);
    assertThat(RoundTrip.javaSerialisation(method)).isEqualTo(method);
  }
}
