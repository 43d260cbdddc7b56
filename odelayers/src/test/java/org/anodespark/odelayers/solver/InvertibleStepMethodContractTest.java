/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.anodespark.odelayers.Bits;
import org.anodespark.odelayers.dynamics.ConvolutionField;
import org.anodespark.odelayers.dynamics.CubicSpiral;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.memory.ArrayPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What holds besides for every method whose steps can be undone; a subclass names the method. */
public abstract class InvertibleStepMethodContractTest extends StepMethodContractTest {
  private static final Step STEP = new Step(3, 0.2, 0.3);

  private final InvertibleStepMethod invertible;

  protected InvertibleStepMethodContractTest(InvertibleStepMethod method) {
    super(method);
    this.invertible = method;
  }

  @ParameterizedTest
  @CsvSource({"DOUBLE, 1e-12", "FLOAT, 1e-5"})
  void undoesAThousandStepsOfTheSpiral(DataType type, double tolerance) {
    INDArray y0 = CubicSpiral.state(0.6, 0.3).castTo(type);
    assertThat(errorAfterThereAndBack(CubicSpiral.reference(), y0, 1000)).isLessThan(tolerance);
  }

  @ParameterizedTest
  @CsvSource({"DOUBLE, 1e-12", "FLOAT, 1e-5"})
  void undoesAThousandStepsOfAConvolution(DataType type, double tolerance) {
    VectorField field = ConvolutionField.create(type, new ArrayPool(type));
    assertThat(errorAfterThereAndBack(field, ConvolutionField.images(type), 1000))
        .isLessThan(tolerance);
  }

  @Test
  void undoesAStepBackwardsInTime() {
    CubicSpiral field = CubicSpiral.reference();
    TimeGrid grid = TimeGrid.equalSteps(2, 0, 20);
    INDArray y0 = CubicSpiral.state(0.6, 0.3);
    assertThat(errorAfterThereAndBack(field, y0, grid)).isLessThan(1e-14);
  }

  @Test
  void differentiatesTheSameStepThatItUndoes() {
    SolverState from = started();
    SolverState to = borrow();
    SolverState before = borrow();
    CubicSpiral forwards = CubicSpiral.referenceThatReadsItsResult();
    CubicSpiral backwards = CubicSpiral.referenceThatReadsItsResult();
    SolverState expected = someAdjoint();
    SolverState actual = someAdjoint();
    try (StepTape tape = method.record(forwards, STEP, from, to, null, pool)) {
      tape.pullback(expected);
    }
    try (StepTape tape = invertible.recordBackwards(backwards, STEP, to, before, pool)) {
      tape.pullback(actual);
    }
    assertClose(actual.y(), expected.y());
    for (int i = 0; i < method.carriedArrays(); i++) {
      assertClose(actual.carried(i), expected.carried(i));
    }
    assertClose(backwards.parameterGradient(), forwards.parameterGradient());
  }

  @Test
  void leavesTheStateAfterTheStepAsItIs() {
    SolverState from = started();
    SolverState to = borrow();
    method.advance(CubicSpiral.reference(), STEP, from, to, null, pool);
    SolverState copy = borrow();
    copy.assign(to);
    invertible.recordBackwards(CubicSpiral.reference(), STEP, to, borrow(), pool).close();
    assertThat(Bits.of(to.y())).isEqualTo(Bits.of(copy.y()));
    for (int i = 0; i < method.carriedArrays(); i++) {
      assertThat(Bits.of(to.carried(i))).isEqualTo(Bits.of(copy.carried(i)));
    }
  }

  @Test
  void takesTheEvaluationsToUndoAStepThatItDeclares() {
    SolverState from = started();
    SolverState to = borrow();
    method.advance(CubicSpiral.reference(), STEP, from, to, null, pool);
    SolveCounter counter = new SolveCounter();
    VectorField field = counter.counting(CubicSpiral.reference());
    invertible.recordBackwards(field, STEP, to, borrow(), pool).close();
    assertThat(counter.statistics().forwardEvaluations())
        .isEqualTo(method.stages() + invertible.inverseEvaluations());
  }

  @Test
  void holdsTheSameOnTheTapeOfAnUndoneStep() {
    for (VectorField field : fields()) {
      SolverState from = started();
      SolverState to = borrow();
      try (StepTape forwards = method.record(field, STEP, from, to, null, pool);
          StepTape backwards = invertible.recordBackwards(field, STEP, to, borrow(), pool)) {
        assertThat(backwards.keptBytes()).isEqualTo(forwards.keptBytes());
      }
    }
  }

  @Test
  void givesBackEveryBufferAfterAnUndoneStepAndItsPullback() {
    SolverState to = borrow();
    SolverState before = borrow();
    method.advance(CubicSpiral.reference(), STEP, started(), to, null, pool);
    SolverState adjoint = someAdjoint();
    long inUse = pool.bytesInUse();
    for (VectorField field : fields()) {
      try (StepTape tape = invertible.recordBackwards(field, STEP, to, before, pool)) {
        tape.pullback(adjoint);
      }
    }
    assertThat(pool.bytesInUse()).isEqualTo(inUse);
  }

  private static VectorField[] fields() {
    return new VectorField[] {CubicSpiral.reference(), CubicSpiral.referenceThatReadsItsResult()};
  }

  /** Relative distance of where the inverse arrives from where the solve on [0, 2] began. */
  private double errorAfterThereAndBack(VectorField field, INDArray y0, int steps) {
    return errorAfterThereAndBack(field, y0, TimeGrid.equalSteps(0, 2, steps));
  }

  private double errorAfterThereAndBack(VectorField field, INDArray y0, TimeGrid grid) {
    ArrayPool typed = new ArrayPool(y0.dataType());
    int carried = method.carriedArrays();
    SolverState state = SolverState.around(y0, carried, typed);
    SolverState next = SolverState.borrow(y0, carried, typed);
    SolverState previous = SolverState.borrow(y0, carried, typed);
    method.start(field, grid.start(), state, typed);
    previous.assign(state);
    for (int i = 0; i < grid.steps(); i++) {
      method.advance(field, grid.step(i), previous, next, null, typed);
      previous.assign(next);
    }
    assertThat(relativeDistance(previous.y(), y0)).isGreaterThan(0.1);
    for (int i = grid.steps() - 1; i >= 0; i--) {
      invertible.recordBackwards(field, grid.step(i), next, previous, typed).close();
      next.assign(previous);
    }
    for (int i = 0; i < carried; i++) {
      assertThat(previous.carried(i).distance2(state.carried(i))).isLessThan(1e-3);
    }
    return relativeDistance(previous.y(), y0);
  }

  private static double relativeDistance(INDArray a, INDArray b) {
    return a.distance2(b) / b.norm2Number().doubleValue();
  }

  private static void assertClose(INDArray actual, INDArray expected) {
    assertThat(actual.toDoubleVector()).containsExactly(expected.toDoubleVector(), within(1e-14));
  }

  private SolverState borrow() {
    return SolverState.borrow(CubicSpiral.state(0, 0), method.carriedArrays(), pool);
  }

  private SolverState started() {
    SolverState state =
        SolverState.around(CubicSpiral.state(0.6, 0.3), method.carriedArrays(), pool);
    method.start(CubicSpiral.reference(), STEP.start(), state, pool);
    return state;
  }

  private SolverState someAdjoint() {
    SolverState adjoint =
        SolverState.around(CubicSpiral.state(1.5, -0.5), method.carriedArrays(), pool);
    for (int i = 0; i < method.carriedArrays(); i++) {
      adjoint.carried(i).assign(CubicSpiral.state(0.25 + i, -0.75));
    }
    return adjoint;
  }
}
