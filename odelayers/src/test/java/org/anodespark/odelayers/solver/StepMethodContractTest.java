/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import org.anodespark.odelayers.RoundTrip;
import org.anodespark.odelayers.dynamics.CubicSpiral;
import org.anodespark.odelayers.dynamics.KeptEvaluation;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What holds for every method; a subclass names the method and, if need be, its rounding. */
public abstract class StepMethodContractTest extends StepMethodConvergenceTest {
  protected final ArrayPool pool = new ArrayPool(DataType.DOUBLE);
  protected final StepMethod method;

  protected StepMethodContractTest(StepMethod method) {
    super(method);
    this.method = method;
  }

  @Test
  void evaluatesTheFieldOnceForEachStageOfAStep() {
    assumeTrue(method.fixedWork());
    SolveCounter counter = new SolveCounter();
    solve(CubicSpiral.reference(), 5, counter);
    assertThat(counter.statistics().forwardEvaluations())
        .isEqualTo(method.startEvaluations() + 5L * method.stages());
  }

  @Test
  void isCountedAsTheFieldItselfCounts() {
    CountingField field = new CountingField();
    SolveCounter counter = new SolveCounter();
    solve(field, 5, counter);
    assertThat(counter.statistics().forwardEvaluations()).isEqualTo(field.evaluations);
  }

  private static final class CountingField implements VectorField {
    private final VectorField field = CubicSpiral.reference();
    private long evaluations;

    @Override
    public void evaluate(double t, INDArray y, INDArray out) {
      evaluations++;
      field.evaluate(t, y, out);
    }

    @Override
    public KeptEvaluation evaluateAndKeep(double t, INDArray y, INDArray out) {
      evaluations++;
      return field.evaluateAndKeep(t, y, out);
    }
  }

  @Test
  void recordsTheSameStepThatItAdvances() {
    SolverState from = started();
    SolverState advanced = SolverState.borrow(from.y(), method.carriedArrays(), pool);
    SolverState recorded = SolverState.borrow(from.y(), method.carriedArrays(), pool);
    Step step = new Step(0, 0.2, 0.3);
    INDArray error = method.embeddedOrder() > 0 ? pool.borrow(2) : null;
    INDArray recordedError = method.embeddedOrder() > 0 ? pool.borrow(2) : null;
    method.advance(CubicSpiral.reference(), step, from, advanced, error, pool);
    method.record(CubicSpiral.reference(), step, from, recorded, recordedError, pool).close();
    assertThat(recorded.y()).isEqualTo(advanced.y());
    for (int i = 0; i < method.carriedArrays(); i++) {
      assertThat(recorded.carried(i)).isEqualTo(advanced.carried(i));
    }
    if (error != null) {
      assertThat(recordedError).isEqualTo(error);
    }
  }

  @Test
  void recordsTheSameStartThatItTakes() {
    SolverState taken = started();
    SolverState recorded =
        SolverState.around(CubicSpiral.state(0.6, 0.3), method.carriedArrays(), pool);
    method.recordStart(CubicSpiral.reference(), 0.2, recorded, pool).close();
    for (int i = 0; i < method.carriedArrays(); i++) {
      assertThat(recorded.carried(i)).isEqualTo(taken.carried(i));
    }
  }

  /** Two steps and the start, so that what the state carries has a gradient too. */
  @Test
  void pullsBackTheExactGradientOfItsSteps() {
    double[] y = {0.6, 0.3};
    double[] a = {-0.1, 2, -2, -0.1};
    CubicSpiral field = new CubicSpiral(a[0], a[1], a[2], a[3]);
    SolverState adjoint =
        SolverState.gradient(CubicSpiral.state(1.5, -0.5), method.carriedArrays(), pool);
    SolverState first = SolverState.around(CubicSpiral.state(0.6, 0.3), carried(), pool);
    SolverState second = SolverState.borrow(first.y(), carried(), pool);
    SolverState third = SolverState.borrow(first.y(), carried(), pool);
    try (StepTape start = method.recordStart(field, 0.2, first, pool);
        StepTape one = method.record(field, new Step(0, 0.2, 0.45), first, second, null, pool);
        StepTape two = method.record(field, new Step(1, 0.45, 0.6), second, third, null, pool)) {
      two.pullback(adjoint);
      one.pullback(adjoint);
      start.pullback(adjoint);
    }
    double step = 1e-5;
    for (int i = 0; i < 2; i++) {
      double[] up = y.clone();
      double[] down = y.clone();
      up[i] += step;
      down[i] -= step;
      double difference = (objective(a, up) - objective(a, down)) / (2 * step);
      assertThat(adjoint.y().getDouble(i)).isCloseTo(difference, within(1e-7));
    }
    for (int i = 0; i < 4; i++) {
      double[] up = a.clone();
      double[] down = a.clone();
      up[i] += step;
      down[i] -= step;
      double difference = (objective(up, y) - objective(down, y)) / (2 * step);
      assertThat(field.parameterGradient().getDouble(i)).isCloseTo(difference, within(1e-7));
    }
  }

  @Test
  void holdsOnItsTapeWhatItDeclares() {
    assertThat(tapeBytes(CubicSpiral.reference())).isEqualTo(method.tapeArguments() * 16L);
    assertThat(tapeBytes(CubicSpiral.referenceThatReadsItsResult()))
        .isEqualTo((method.tapeArguments() + method.tapeResults()) * 16L);
  }

  private long tapeBytes(VectorField field) {
    SolverState from = started();
    SolverState to = SolverState.borrow(from.y(), carried(), pool);
    try (StepTape tape = method.record(field, new Step(0, 0.2, 0.3), from, to, null, pool)) {
      return tape.keptBytes();
    }
  }

  @Test
  void givesBackEveryBufferAfterAStepAndItsPullback() {
    long before = pool.bytesInUse();
    SolverState from = started();
    SolverState to = SolverState.borrow(from.y(), carried(), pool);
    SolverState adjoint = SolverState.gradient(CubicSpiral.state(1, 1), carried(), pool);
    for (VectorField field :
        new VectorField[] {CubicSpiral.reference(), CubicSpiral.referenceThatReadsItsResult()}) {
      method.advance(field, new Step(0, 0.2, 0.3), from, to, null, pool);
      try (StepTape tape = method.record(field, new Step(0, 0.2, 0.3), from, to, null, pool)) {
        tape.pullback(adjoint);
      }
    }
    from.giveBack(pool);
    to.giveBack(pool);
    adjoint.giveBack(pool);
    assertThat(pool.bytesInUse()).isEqualTo(before);
  }

  @Test
  void takesASingleStepByItself() {
    INDArray y = CubicSpiral.state(0.6, 0.3);
    INDArray next = method.step(CubicSpiral.reference(), 0.0, 0.25, y);
    INDArray solved = CubicSpiral.state(0, 0);
    new InitialValueProblem(
            CubicSpiral.reference(), method, new FixedSteps(1), 0, 0.25, new SolveCounter(), pool)
        .solve(y, solved);
    assertThat(next).isEqualTo(solved);
    assertThat(y).isEqualTo(CubicSpiral.state(0.6, 0.3));
  }

  @Test
  void survivesJson() throws IOException {
    assertThat(RoundTrip.json(method, StepMethod.class))
        .isEqualTo(method)
        .hasSameHashCodeAs(method)
        .hasToString(method.toString());
  }

  @Test
  void survivesJavaSerialisation() throws IOException, ClassNotFoundException {
    assertThat(RoundTrip.javaSerialisation(method)).isEqualTo(method);
  }

  private int carried() {
    return method.carriedArrays();
  }

  private SolverState started() {
    SolverState state = SolverState.around(CubicSpiral.state(0.6, 0.3), carried(), pool);
    method.start(CubicSpiral.reference(), 0.2, state, pool);
    return state;
  }

  private double objective(double[] a, double[] y) {
    INDArray end = CubicSpiral.state(0, 0);
    new InitialValueProblem(
            new CubicSpiral(a[0], a[1], a[2], a[3]),
            method,
            new FixedSteps(2),
            0.2,
            0.6,
            new SolveCounter(),
            pool)
        .on(TimeGrid.of(0.2, 0.45, 0.6))
        .solve(CubicSpiral.state(y[0], y[1]), end);
    return 1.5 * end.getDouble(0) - 0.5 * end.getDouble(1);
  }

  private INDArray solve(VectorField field, int steps, SolveCounter counter) {
    INDArray end = CubicSpiral.state(0, 0);
    new InitialValueProblem(
            counter.counting(field), method, new FixedSteps(steps), 0, 2, counter, pool)
        .solve(CubicSpiral.state(0.6, 0.3), end);
    return end;
  }
}
