/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.anodespark.odelayers.adjoint.InitialValueProblem;
import org.anodespark.odelayers.dynamics.CubicSpiral;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.memory.ArrayPool;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What holds for every explicit Runge-Kutta method; a subclass names the method. */
abstract class ExplicitRungeKuttaContractTest {
  private final ArrayPool pool = new ArrayPool(DataType.DOUBLE);
  private final StepMethod method;

  ExplicitRungeKuttaContractTest(StepMethod method) {
    this.method = method;
  }

  @Test
  void convergesWithItsOrderOnANonLinearNonAutonomousProblem() {
    INDArray exact = solve(new ClassicRungeKutta(), 4096);
    double coarse = solve(method, 64).distance2(exact);
    double fine = solve(method, 128).distance2(exact);
    double finest = solve(method, 256).distance2(exact);
    assertThat(slope(coarse, fine)).isCloseTo(method.order(), within(0.2));
    assertThat(slope(fine, finest)).isCloseTo(method.order(), within(0.2));
  }

  @Test
  void evaluatesTheFieldOnceForEachStage() {
    SolveCounter counter = new SolveCounter();
    VectorField field = counter.counting(CubicSpiral.reference());
    method.advance(field, 0, 0.1, CubicSpiral.state(0.6, 0.3), pool.borrow(2), pool);
    assertThat(counter.statistics().forwardEvaluations()).isEqualTo(method.stages());
  }

  @Test
  void recordsTheSameStepThatItAdvances() {
    INDArray y = CubicSpiral.state(0.6, 0.3);
    INDArray advanced = pool.borrow(2);
    INDArray recorded = pool.borrow(2);
    method.advance(CubicSpiral.reference(), 0.2, 0.1, y, advanced, pool);
    method.record(CubicSpiral.reference(), 0.2, 0.1, y, recorded, pool).close();
    assertThat(recorded).isEqualTo(advanced);
  }

  @Test
  void pullsBackTheExactGradientOfTheStep() {
    double[] y = {0.6, 0.3};
    double[] a = {-0.1, 2, -2, -0.1};
    CubicSpiral field = new CubicSpiral(a[0], a[1], a[2], a[3]);
    INDArray adjoint = CubicSpiral.state(1.5, -0.5);
    INDArray next = pool.borrow(2);
    try (StepTape tape =
        method.record(field, 0.2, 0.25, CubicSpiral.state(y[0], y[1]), next, pool)) {
      tape.pullback(adjoint);
    }
    double step = 1e-6;
    for (int i = 0; i < 2; i++) {
      double[] up = y.clone();
      double[] down = y.clone();
      up[i] += step;
      down[i] -= step;
      double difference = (objective(a, up) - objective(a, down)) / (2 * step);
      assertThat(adjoint.getDouble(i)).isCloseTo(difference, within(1e-8));
    }
    for (int i = 0; i < 4; i++) {
      double[] up = a.clone();
      double[] down = a.clone();
      up[i] += step;
      down[i] -= step;
      double difference = (objective(up, y) - objective(down, y)) / (2 * step);
      assertThat(field.parameterGradient()[i]).isCloseTo(difference, within(1e-8));
    }
  }

  @Test
  void givesBackEveryBufferAfterAStepAndItsPullback() {
    INDArray y = CubicSpiral.state(0.6, 0.3);
    INDArray next = pool.borrow(2);
    long before = pool.bytesInUse();
    method.advance(CubicSpiral.reference(), 0, 0.1, y, next, pool);
    try (StepTape tape = method.record(CubicSpiral.reference(), 0, 0.1, y, next, pool)) {
      tape.pullback(CubicSpiral.state(1, 1));
    }
    assertThat(pool.bytesInUse()).isEqualTo(before);
  }

  private double objective(double[] a, double[] y) {
    INDArray next = pool.borrow(2);
    method.advance(
        new CubicSpiral(a[0], a[1], a[2], a[3]),
        0.2,
        0.25,
        CubicSpiral.state(y[0], y[1]),
        next,
        pool);
    return 1.5 * next.getDouble(0) - 0.5 * next.getDouble(1);
  }

  private INDArray solve(StepMethod stepMethod, int steps) {
    INDArray y1 = pool.borrow(2);
    new InitialValueProblem(
            CubicSpiral.reference(),
            stepMethod,
            new TimeGrid(0, 2, steps),
            new SolveCounter(),
            pool)
        .solve(CubicSpiral.state(0.6, 0.3), y1);
    return y1;
  }

  private static double slope(double coarse, double fine) {
    return Math.log(coarse / fine) / Math.log(2);
  }
}
