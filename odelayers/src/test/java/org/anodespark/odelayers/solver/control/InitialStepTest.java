/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.failure.FailureReason;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.FunctionField;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.SolveCounter;
import org.anodespark.odelayers.solver.TestProblem;
import org.anodespark.odelayers.solver.rungekutta.DormandPrince;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Numbers computed by hand, for tolerances of 1e-6 each and an embedded order of 4. */
class InitialStepTest {
  private final ArrayPool pool = new ArrayPool(DataType.DOUBLE);

  @AfterEach
  void nothingIsLeftBorrowed() {
    assertThat(pool.bytesInUse()).isZero();
  }

  /** With scale 2e-6 slope and bend are 5e5, so the fifth root of 0.01 / 5e5. */
  @Test
  void keepsTheErrorOfTheStepSmall() {
    assertThat(choose(linear(-1), 0, 10, 1)).isCloseTo(Math.pow(2e-8, 0.2), within(1e-9));
  }

  @Test
  void isTheSameForwardsAndBackwards() {
    assertThat(choose(linear(-1), 10, 0, 1)).isCloseTo(Math.pow(2e-8, 0.2), within(1e-9));
  }

  /** A hundred times the step over which y changes by a hundredth. */
  @Test
  void isShortWhereTheStateChangesFast() {
    assertThat(choose(linear(-1000), 0, 10, 1)).isCloseTo(1e-3, within(1e-12));
  }

  @Test
  void isCautiousWhereNothingMoves() {
    assertThat(choose(linear(0), 0, 10, 1)).isEqualTo(1e-6);
  }

  @Test
  void isCautiousWhereTheStateIsZero() {
    assertThat(choose(linear(-1), 0, 10, 0)).isEqualTo(1e-6);
  }

  /** The trial step of 1e-6 a hundred times. */
  @Test
  void isCautiousWhereTheStateIsZeroButMoves() {
    assertThat(choose(new FunctionField((t, y) -> new double[] {1}), 0, 10, 0))
        .isCloseTo(1e-4, within(1e-15));
  }

  @Test
  void isCautiousWhereTheFieldIsNoNumberALittleAhead() {
    VectorField field = new FunctionField((t, y) -> new double[] {t > 0 ? Double.NaN : -y[0]});
    assertThat(choose(field, 0, 10, 1)).isEqualTo(1e-6);
  }

  @Test
  void isCautiousWhereTheNormsOverflow() {
    assertThat(choose(linear(-1e300), 0, 10, 1)).isEqualTo(1e-6);
  }

  @Test
  void looksNoFurtherAheadThanTheEnd() {
    VectorField field =
        new FunctionField(
            (t, y) -> {
              assertThat(t).isBetween(0.0, 1e-3);
              return new double[] {-y[0]};
            });
    assertThat(choose(field, 0, 1e-3, 1)).isPositive();
  }

  @Test
  void failsIfTheFieldIsNoNumberAtTheStart() {
    VectorField field = new FunctionField((t, y) -> new double[] {Double.NaN});
    assertThatThrownBy(() -> choose(field, 0, 10, 1))
        .isInstanceOfSatisfying(
            OdeSolveException.class,
            e -> assertThat(e.reason()).isEqualTo(FailureReason.NON_FINITE_DYNAMICS))
        .hasMessageContaining("f(t, y) at the start of the step holds NaN or infinity");
  }

  @Test
  void looksAtTheControlledPartOnly() {
    VectorField field = new FunctionField((t, y) -> new double[] {-y[0], -1e6 * y[1]});
    AdaptiveSteps settings = new AdaptiveSteps(1e-6, 1e-6);
    INDArray y = TestProblem.state(1, 1);
    InitialValueProblem problem =
        new InitialValueProblem(
            field,
            new DormandPrince(),
            settings,
            0,
            10,
            new SolveCounter(),
            pool,
            whole -> whole.get(org.nd4j.linalg.indexing.NDArrayIndex.interval(0, 1)));
    assertThat(InitialStep.choose(problem, settings, y))
        .isCloseTo(Math.pow(2e-8, 0.2), within(1e-9));
  }

  private static VectorField linear(double coefficient) {
    return new FunctionField((t, y) -> new double[] {coefficient * y[0]});
  }

  private double choose(VectorField field, double start, double end, double y0) {
    AdaptiveSteps settings = new AdaptiveSteps(1e-6, 1e-6);
    InitialValueProblem problem =
        new InitialValueProblem(
            field, new DormandPrince(), settings, start, end, new SolveCounter(), pool);
    return InitialStep.choose(problem, settings, TestProblem.state(y0));
  }
}
