/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment.spiral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.anodespark.jobs.experiment.series.Trajectories;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.SolveCounter;
import org.anodespark.odelayers.solver.control.AdaptiveSteps;
import org.anodespark.odelayers.solver.rungekutta.Tsitouras;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class SpiralTest {
  private static final List<Double> TIMES = List.of(0.3, 0.5, 1.0);

  /** Without friction u1^4 + u2^4 stays, which is 16 at the start. */
  @Test
  void keepsItsInvariantWithoutFriction() {
    INDArray trajectory = new Spiral(0, 2, 0.2).trajectory(TIMES);
    for (int time = 0; time < TIMES.size(); time++) {
      double first = trajectory.getDouble(0, 0, time);
      double second = trajectory.getDouble(0, 1, time);
      assertThat(Math.pow(first, 4) + Math.pow(second, 4)).isCloseTo(16, within(1e-8));
    }
  }

  /** du = -alpha u^3 dt has the solution u0 / sqrt(1 + 2 alpha u0^2 t). */
  @Test
  void fallsByTheClosedFormWhereItDoesNotTurn() {
    INDArray trajectory = new Spiral(0.1, 0, 0.2).trajectory(TIMES);
    for (int time = 0; time < TIMES.size(); time++) {
      assertThat(trajectory.getDouble(0, 0, time))
          .isCloseTo(2 / Math.sqrt(1 + 0.8 * TIMES.get(time)), within(1e-9));
      assertThat(trajectory.getDouble(0, 1, time)).isZero();
    }
  }

  /** Below that, a network has to leave it: docs/regularization.md, "Measured". */
  @Test
  void takesEightHundredEvaluationsUnderThePublishedTolerances() {
    List<Double> times = Spiral.savePoints(1.5);
    SolveCounter counter = new SolveCounter();
    InitialValueProblem problem =
        new InitialValueProblem(
            counter.counting(Spiral.PUBLISHED.drift()),
            new Tsitouras(),
            new AdaptiveSteps.Builder(1.4e-8, 1.4e-8).coefficients(0.4, 0.3, 0).build(),
            0,
            1.5,
            counter,
            ArrayPool.ofCurrentThread(DataType.DOUBLE));
    Trajectories.along(problem.inPieces(), Spiral.start(1), times);
    assertThat(counter.statistics().forwardEvaluations()).isBetween(800L, 850L);
  }

  /** Geometric Brownian motion: mean 2, variance 4 (exp(gamma^2 t) - 1). */
  @Test
  void hasTheMomentsOfTheClosedFormWithoutDrift() {
    int paths = 10_000;
    double gamma = 0.2;
    INDArray moments = new Spiral(0, 0, gamma).moments(TIMES, paths, 1);
    assertThat(moments.shape()).containsExactly(1, 4, 3);
    for (int time = 0; time < TIMES.size(); time++) {
      double variance = 4 * (Math.exp(gamma * gamma * TIMES.get(time)) - 1);
      assertThat(moments.getDouble(0, 0, time))
          .isCloseTo(2, within(5 * Math.sqrt(variance / paths)));
      // five standard errors of a variance, whose distribution is a little wider than normal
      assertThat(moments.getDouble(0, 2, time))
          .isCloseTo(variance, within(6 * variance * Math.sqrt(2.0 / paths)));
      assertThat(moments.getDouble(0, 1, time)).isZero();
      assertThat(moments.getDouble(0, 3, time)).isZero();
    }
  }

  @Test
  void hasTheTrajectoryForItsMeansWithoutNoise() {
    Spiral spiral = new Spiral(0.1, 2, 0);
    INDArray moments = spiral.moments(Spiral.savePoints(1), 2, 1);
    INDArray trajectory = spiral.trajectory(Spiral.savePoints(1));
    for (int time = 0; time < Spiral.SAVE_POINTS - 1; time++) {
      for (int component = 0; component < 2; component++) {
        assertThat(moments.getDouble(0, component, time))
            .isCloseTo(trajectory.getDouble(0, component, time), within(1e-3));
        assertThat(moments.getDouble(0, 2 + component, time)).isCloseTo(0, within(1e-20));
      }
    }
  }
}
