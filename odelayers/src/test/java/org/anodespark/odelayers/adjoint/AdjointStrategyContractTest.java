/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.stream.Stream;
import org.anodespark.odelayers.Bits;
import org.anodespark.odelayers.RoundTrip;
import org.anodespark.odelayers.dynamics.CubicSpiral;
import org.anodespark.odelayers.dynamics.LinearField;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.SolveStatistics;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What every strategy promises, exact or not; a subclass names the strategy and methods for it. One
 * instance per class, because JUnit asks the instance for the methods.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AdjointStrategyContractTest {
  /** Steps of the linear problem. */
  static final int LINEAR_STEPS = 20;

  private static final long STATE_BYTES = 16;
  private static final int STEPS_BACKWARDS = 100;

  final ArrayPool pool = new ArrayPool(DataType.DOUBLE);
  final AdjointStrategy strategy;

  AdjointStrategyContractTest(AdjointStrategy strategy) {
    this.strategy = strategy;
  }

  /** Methods that the strategy works with; the last one of order 2 or more. */
  abstract Stream<StepMethod> methods();

  final Stream<Arguments> methodsAndSteps() {
    return methods()
        .flatMap(method -> Stream.of(1, 2, 7, 20).map(steps -> Arguments.of(method, steps)));
  }

  final DifferentiatedSolve differentiate(StepMethod method, int steps) {
    return DifferentiatedSolve.ofSpiral(strategy, CubicSpiral.reference(), method, steps, pool);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void worksWithItsMethods(StepMethod method) {
    strategy.check(method, new FixedSteps(3));
    assertThat(strategy.cost(3, method).forwardEvaluations()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("methodsAndSteps")
  void costsWhatItDeclares(StepMethod method, int steps) {
    for (CubicSpiral field : fields()) {
      SolveStatistics statistics =
          DifferentiatedSolve.ofSpiral(strategy, field, method, steps, pool).statistics();
      AdjointCost cost = strategy.cost(steps, method);
      assertThat(statistics.forwardEvaluations()).isEqualTo(cost.forwardEvaluations());
      assertThat(statistics.recomputedEvaluations()).isEqualTo(cost.recomputedEvaluations());
      assertThat(statistics.pullbacks()).isEqualTo(cost.pullbacks());
      assertThat(statistics.acceptedSteps()).isEqualTo(steps);
      assertThat(statistics.peakSavedBytes()).isEqualTo(bytes(cost.peak(), field));
    }
  }

  @ParameterizedTest
  @MethodSource("methodsAndSteps")
  void keepsBetweenThePassesWhatItDeclares(StepMethod method, int steps) {
    AdjointCost cost = strategy.cost(steps, method);
    for (CubicSpiral field : fields()) {
      InitialValueProblem problem = problem(field, method, steps);
      INDArray y1 = pool.borrow(2);
      try (Trajectory trajectory = strategy.solve(problem, CubicSpiral.state(0.6, 0.3), y1)) {
        assertThat(trajectory).isNotNull();
        assertThat(problem.counter().savedBytes()).isEqualTo(bytes(cost.between(), field));
      }
      assertThat(problem.counter().savedBytes()).isZero();
      pool.giveBack(y1);
    }
  }

  /**
   * The pool is the witness that nothing is kept that was not counted, and nothing counted twice.
   */
  @ParameterizedTest
  @MethodSource("methodsAndSteps")
  void hasBorrowedBetweenThePassesWhatItDeclares(StepMethod method, int steps) {
    Kept kept = strategy.cost(steps, method).between();
    for (CubicSpiral field : fields()) {
      INDArray y1 = pool.borrow(2);
      long before = pool.bytesInUse();
      // an initial state of the pool's, because strategies count it as kept
      INDArray y0 = pool.borrow(2);
      y0.assign(CubicSpiral.state(0.6, 0.3));
      try (Trajectory trajectory = strategy.solve(problem(field, method, steps), y0, y1)) {
        assertThat(trajectory).isNotNull();
        assertThat(pool.bytesInUse() - before)
            .isEqualTo(kept.bytes(STATE_BYTES, readsResult(field), 0));
      }
      pool.giveBack(y0);
      pool.giveBack(y1);
    }
  }

  @ParameterizedTest
  @MethodSource("methodsAndSteps")
  void solvesWithTheBitsOfASolveThatKeepsNothing(StepMethod method, int steps) {
    INDArray y1 = CubicSpiral.state(0, 0);
    problem(CubicSpiral.reference(), method, steps).solve(CubicSpiral.state(0.6, 0.3), y1);
    assertThat(Bits.of(differentiate(method, steps).y1())).isEqualTo(Bits.of(y1));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void leavesTheInitialStateAsItIs(StepMethod method) {
    INDArray y0 = CubicSpiral.state(0.6, 0.3);
    InitialValueProblem problem = problem(CubicSpiral.reference(), method, 5);
    DifferentiatedSolve.of(strategy, problem, y0, INDArray::dup);
    assertThat(Bits.of(y0)).isEqualTo(Bits.of(CubicSpiral.state(0.6, 0.3)));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void addsToTheParameterGradient(StepMethod method) {
    CubicSpiral field = CubicSpiral.reference();
    double[] once =
        DifferentiatedSolve.ofSpiral(strategy, field, method, 5, pool)
            .parameterGradient()
            .toDoubleVector();
    double[] twice =
        DifferentiatedSolve.ofSpiral(strategy, field, method, 5, pool)
            .parameterGradient()
            .muli(0.5)
            .toDoubleVector();
    assertThat(once).doesNotContain(0.0);
    assertThat(twice).containsExactly(once, within(1e-14));
  }

  /**
   * On linear fields with constant coefficients all discretisations of the adjoint agree, so that
   * approximate strategies have to meet the exact gradient too.
   */
  @ParameterizedTest
  @MethodSource("methods")
  void differentiatesAFieldWithoutParameters(StepMethod method) {
    DifferentiatedSolve mine = linear(strategy, method);
    assertThat(mine.parameterGradient()).isNull();
    assertThat(mine.stateGradient().toDoubleVector())
        .containsExactly(
            linear(new FullStorage(), method).stateGradient().toDoubleVector(), within(1e-12));
  }

  private DifferentiatedSolve linear(AdjointStrategy used, StepMethod method) {
    return DifferentiatedSolve.of(
        used,
        DifferentiatedSolve.problem(
            new LinearField(-0.5, 1, -2, 0.25), method, 0, 1, LINEAR_STEPS, pool),
        CubicSpiral.state(0.6, 0.3),
        INDArray::dup);
  }

  @Test
  void differentiatesASolveBackwardsInTime() {
    StepMethod method = methods().reduce((first, second) -> second).orElseThrow();
    double[] a = {-0.1, 2, -2, -0.1};
    double[] y = {0.6, 0.3};
    CubicSpiral field = new CubicSpiral(a[0], a[1], a[2], a[3]);
    DifferentiatedSolve mine =
        DifferentiatedSolve.of(
            strategy,
            DifferentiatedSolve.problem(field, method, 1.5, 0.5, STEPS_BACKWARDS, pool),
            CubicSpiral.state(y[0], y[1]),
            y1 -> CubicSpiral.state(1, 1));
    for (int i = 0; i < y.length; i++) {
      double difference = sumOfSolution(method, a, moved(y, i, 1e-5));
      difference -= sumOfSolution(method, a, moved(y, i, -1e-5));
      assertThat(mine.stateGradient().getDouble(i))
          .isCloseTo(difference / 2e-5, within(toleranceBackwards()));
    }
    for (int i = 0; i < a.length; i++) {
      double difference = sumOfSolution(method, moved(a, i, 1e-5), y);
      difference -= sumOfSolution(method, moved(a, i, -1e-5), y);
      assertThat(mine.parameterGradient().getDouble(i))
          .isCloseTo(difference / 2e-5, within(toleranceBackwards()));
    }
  }

  /** What the gradient of a hundred steps may be off. */
  double toleranceBackwards() {
    return 1e-8;
  }

  private double sumOfSolution(StepMethod method, double[] a, double[] y) {
    INDArray y1 = CubicSpiral.state(0, 0);
    DifferentiatedSolve.problem(
            new CubicSpiral(a[0], a[1], a[2], a[3]), method, 1.5, 0.5, STEPS_BACKWARDS, pool)
        .solve(CubicSpiral.state(y[0], y[1]), y1);
    return y1.sumNumber().doubleValue();
  }

  private static double[] moved(double[] values, int index, double by) {
    double[] moved = values.clone();
    moved[index] += by;
    return moved;
  }

  @ParameterizedTest
  @MethodSource("methods")
  void givesBackEveryBufferWhenClosedWithoutAGradient(StepMethod method) {
    INDArray y0 = CubicSpiral.state(0.6, 0.3);
    INDArray y1 = CubicSpiral.state(0, 0);
    long before = pool.bytesInUse();
    strategy.solve(problem(CubicSpiral.reference(), method, 5), y0, y1).close();
    assertThat(pool.bytesInUse()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void givesBackEveryBufferAfterAGradient(StepMethod method) {
    long before = pool.bytesInUse();
    differentiate(method, 5);
    assertThat(pool.bytesInUse()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void allocatesNothingMoreAfterTheFirstSolve(StepMethod method) {
    differentiate(method, 5);
    long allocated = pool.bytesAllocated();
    for (int i = 0; i < 5; i++) {
      differentiate(method, 5);
    }
    assertThat(pool.bytesAllocated()).isEqualTo(allocated);
  }

  @Test
  void survivesJson() throws IOException {
    assertThat(RoundTrip.json(strategy, AdjointStrategy.class))
        .isEqualTo(strategy)
        .hasSameHashCodeAs(strategy)
        .hasToString(strategy.toString());
  }

  @Test
  void survivesJavaSerialisation() throws IOException, ClassNotFoundException {
    assertThat(RoundTrip.javaSerialisation(strategy)).isEqualTo(strategy);
  }

  private static CubicSpiral[] fields() {
    return new CubicSpiral[] {CubicSpiral.reference(), CubicSpiral.referenceThatReadsItsResult()};
  }

  private static boolean readsResult(CubicSpiral field) {
    INDArray y = CubicSpiral.state(0, 0);
    return field.evaluateAndKeep(0, y, y.ulike()).readsResult();
  }

  private static long bytes(Kept kept, CubicSpiral field) {
    return kept.bytes(STATE_BYTES, readsResult(field), CubicSpiral.KEPT_BYTES);
  }

  private InitialValueProblem problem(CubicSpiral field, StepMethod method, int steps) {
    return DifferentiatedSolve.problem(field, method, 0, 2, steps, pool);
  }
}
