/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.regularization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.anodespark.odelayers.adjoint.AdjointCost;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.regularization.ErrorEstimate.Quantity;
import org.anodespark.odelayers.solver.SolveStatistics;
import org.anodespark.odelayers.solver.StepMeasure;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.TimeGrid;
import org.anodespark.odelayers.solver.control.AdaptiveSteps;
import org.anodespark.odelayers.solver.rungekutta.BogackiShampine;
import org.anodespark.odelayers.solver.rungekutta.ButcherTableau;
import org.anodespark.odelayers.solver.rungekutta.DormandPrince;
import org.anodespark.odelayers.solver.rungekutta.HeunEuler;
import org.anodespark.odelayers.solver.rungekutta.Tableaus;
import org.anodespark.odelayers.solver.rungekutta.Tsitouras;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.schedule.FixedSchedule;

/** What every exact strategy promises of regularised steps; a subclass names the strategy. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RegularizedGradientContractTest {
  private static final double RELATIVE = 1e-3;
  private static final double ABSOLUTE = 2e-3;

  /** Computed by bisection in an independent program. */
  private static final double TSITOURAS_RADIUS = 3.506846993804954;

  private static final double DORMAND_PRINCE_RADIUS = 3.3065678926349444;

  /** The first step is far too long, so that some trials are rejected. */
  private static final AdaptiveSteps WITH_REJECTIONS =
      new AdaptiveSteps.Builder(RELATIVE, ABSOLUTE).firstStep(1.5).build();

  private static final AdaptiveSteps WITHOUT_REJECTIONS =
      new AdaptiveSteps.Builder(1, 1).firstStep(0.25).stepLengths(0, 0.5).build();

  /** Gradients by differences with respect to state and parameters, by method and regularisers. */
  private static final Map<List<Object>, List<double[]>> DIFFERENCES = new HashMap<>();

  private static final Map<List<Object>, RegularizedLoss> FULL_STORAGE = new HashMap<>();

  private final AdjointStrategy strategy;
  private final ArrayPool pool = new ArrayPool(DataType.DOUBLE);
  private final Map<List<Object>, RegularizedLoss> differentiated = new HashMap<>();

  RegularizedGradientContractTest(AdjointStrategy strategy) {
    this.strategy = strategy;
  }

  static Stream<Arguments> methodsAndRegularizers() {
    Stream<Arguments> withStiffness =
        Stream.of(new Tsitouras(), new DormandPrince())
            .flatMap(
                method ->
                    regularizers().stream()
                        .map(regularizers -> Arguments.of(method, regularizers)));
    Stream<Arguments> withErrorOnly =
        Stream.of(new BogackiShampine(), new HeunEuler())
            .map(method -> Arguments.of(method, List.of(new ErrorEstimate(3))));
    return Stream.concat(withStiffness, withErrorOnly);
  }

  /** Each regulariser of steps, and one combination. */
  private static List<List<Regularizer>> regularizers() {
    return List.of(
        List.of(error(3, Quantity.ERROR_TIMES_LENGTH, OverSteps.SUM)),
        List.of(error(20, Quantity.ERROR_TIMES_LENGTH, OverSteps.MEAN)),
        List.of(error(1, Quantity.SQUARED_ERROR, OverSteps.SUM)),
        List.of(error(5, Quantity.SQUARED_ERROR, OverSteps.MEAN)),
        List.of(stiffness(2, OverSteps.SUM)),
        List.of(stiffness(10, OverSteps.MEAN)),
        List.of(stiffness(10, OverSteps.MAXIMUM)),
        List.of(
            error(20, Quantity.ERROR_TIMES_LENGTH, OverSteps.MEAN),
            stiffness(10, OverSteps.MAXIMUM)));
  }

  private static ErrorEstimate error(double coefficient, Quantity quantity, OverSteps overSteps) {
    return new ErrorEstimate(new FixedSchedule(coefficient), quantity, overSteps);
  }

  private static StiffnessEstimate stiffness(double coefficient, OverSteps overSteps) {
    return new StiffnessEstimate(new FixedSchedule(coefficient), overSteps);
  }

  @ParameterizedTest
  @MethodSource("methodsAndRegularizers")
  void isTheGradientOfTheRegularizedLossAtFrozenSteps(
      StepMethod method, List<Regularizer> regularizers) {
    RegularizedLoss mine = differentiate(method, regularizers);
    assertThat(mine.statistics().rejectedSteps()).isPositive();
    List<double[]> differences =
        DIFFERENCES.computeIfAbsent(
            List.of(method, regularizers), ignored -> differences(method, regularizers));
    assertThat(RegularizedLoss.relativeError(mine.stateGradient(), differences.get(0)))
        .isLessThan(1e-7);
    assertThat(RegularizedLoss.relativeError(mine.parameterGradient(), differences.get(1)))
        .isLessThan(1e-7);
  }

  private List<double[]> differences(StepMethod method, List<Regularizer> regularizers) {
    TimeGrid grid = RegularizedLoss.grid(method, WITH_REJECTIONS, pool);
    return List.of(
        RegularizedLoss.differences(
            y0 -> plainLoss(method, grid, TanhLayers.parameters(), y0, regularizers),
            TanhLayers.state()),
        RegularizedLoss.differences(
            theta -> plainLoss(method, grid, theta, TanhLayers.state(), regularizers),
            TanhLayers.parameters()));
  }

  /** Without a part that is felt, the test above would say nothing. */
  @ParameterizedTest
  @MethodSource("methodsAndRegularizers")
  void isAnotherGradientThanWithoutRegularizers(StepMethod method, List<Regularizer> regularizers) {
    RegularizedLoss mine = differentiate(method, regularizers);
    RegularizedLoss plain = differentiate(method, List.of());
    assertThat(RegularizedLoss.relativeError(mine.parameterGradient(), plain.parameterGradient()))
        .isGreaterThan(1e-3);
    assertThat(RegularizedLoss.relativeError(mine.stateGradient(), plain.stateGradient()))
        .isGreaterThan(1e-3);
  }

  @ParameterizedTest
  @MethodSource("methodsAndRegularizers")
  void hasTheBitsOfFullStorage(StepMethod method, List<Regularizer> regularizers) {
    RegularizedLoss mine = differentiate(method, regularizers);
    RegularizedLoss full =
        FULL_STORAGE.computeIfAbsent(
            List.of(method, regularizers),
            ignored ->
                RegularizedLoss.of(new FullStorage(), method, WITH_REJECTIONS, regularizers, pool));
    assertThat(mine.penalty()).isEqualTo(full.penalty());
    assertThat(mine.stateGradient()).containsExactly(full.stateGradient());
    assertThat(mine.parameterGradient()).containsExactly(full.parameterGradient());
  }

  @ParameterizedTest
  @MethodSource("methodsAndRegularizers")
  void computesTheValueByTheFormula(StepMethod method, List<Regularizer> regularizers) {
    TimeGrid grid = RegularizedLoss.grid(method, WITH_REJECTIONS, pool);
    PlainSolve plain = plain(method, grid, TanhLayers.parameters(), TanhLayers.state());
    assertThat(differentiate(method, regularizers).penalty() / penalty(method, plain, regularizers))
        .isCloseTo(1, within(1e-10));
  }

  @ParameterizedTest
  @MethodSource("methodsAndRegularizers")
  void takesNotOnePullbackAndNotOneEvaluationMore(
      StepMethod method, List<Regularizer> regularizers) {
    SolveStatistics mine = differentiate(method, regularizers).statistics();
    SolveStatistics plain = differentiate(method, List.of()).statistics();
    assertThat(mine.pullbacks()).isEqualTo(plain.pullbacks());
    assertThat(mine.forwardEvaluations()).isEqualTo(plain.forwardEvaluations());
    assertThat(mine.recomputedEvaluations()).isEqualTo(plain.recomputedEvaluations());
    assertThat(mine.acceptedSteps()).isEqualTo(plain.acceptedSteps());
    assertThat(mine.rejectedSteps()).isEqualTo(plain.rejectedSteps());
  }

  @ParameterizedTest
  @MethodSource("methodsAndRegularizers")
  void keepsWhatTheStrategyDeclaresForTheMeasuredMethod(
      StepMethod method, List<Regularizer> regularizers) {
    for (boolean readsResult : new boolean[] {false, true}) {
      SolveStatistics statistics =
          RegularizedLoss.of(
                  strategy,
                  new TanhLayers(TanhLayers.parameters(), readsResult),
                  method,
                  WITHOUT_REJECTIONS,
                  regularizers,
                  pool)
              .statistics();
      assertThat(statistics.rejectedSteps()).isZero();
      AdjointCost cost =
          strategy.cost(
              Math.toIntExact(statistics.acceptedSteps()),
              new RegularizerSet(regularizers).measured(method, WITHOUT_REJECTIONS));
      assertThat(statistics.peakSavedBytes())
          .isEqualTo(cost.peak().bytes(8L * TanhLayers.EXAMPLES * TanhLayers.SIZE, readsResult, 0));
    }
  }

  static Stream<StepMethod> methods() {
    return Stream.of(new Tsitouras(), new DormandPrince(), new BogackiShampine(), new HeunEuler());
  }

  @ParameterizedTest
  @MethodSource("methods")
  void hasTheBitsOfNoRegularizerForCoefficientsOfZero(StepMethod method) {
    List<Regularizer> zeros = all(method, 0);
    RegularizedLoss mine = differentiate(method, zeros);
    RegularizedLoss plain = differentiate(method, List.of());
    assertThat(mine.penalty()).isZero();
    assertThat(mine.stateGradient()).containsExactly(plain.stateGradient());
    assertThat(mine.parameterGradient()).containsExactly(plain.parameterGradient());
  }

  private static List<Regularizer> all(StepMethod method, double coefficient) {
    return method instanceof Tsitouras || method instanceof DormandPrince
        ? List.of(new ErrorEstimate(coefficient), new StiffnessEstimate(coefficient))
        : List.of(new ErrorEstimate(coefficient));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void givesBackItsBuffersAndAllocatesNothingMoreAfterTheFirstSolve(StepMethod method) {
    long before = pool.bytesInUse();
    RegularizedLoss.of(strategy, method, WITH_REJECTIONS, all(method, 1), pool);
    long allocated = pool.bytesAllocated();
    RegularizedLoss.of(strategy, method, WITH_REJECTIONS, all(method, 1), pool);
    assertThat(pool.bytesAllocated()).isEqualTo(allocated);
    assertThat(pool.bytesInUse()).isEqualTo(before);
  }

  private RegularizedLoss differentiate(StepMethod method, List<Regularizer> regularizers) {
    return differentiated.computeIfAbsent(
        List.of(method, regularizers),
        ignored -> RegularizedLoss.of(strategy, method, WITH_REJECTIONS, regularizers, pool));
  }

  private static double plainLoss(
      StepMethod method,
      TimeGrid grid,
      double[] theta,
      double[] y0,
      List<Regularizer> regularizers) {
    PlainSolve solve = plain(method, grid, theta, y0);
    return RegularizedLoss.weighted(solve.y()) + penalty(method, solve, regularizers);
  }

  private static PlainSolve plain(StepMethod method, TimeGrid grid, double[] theta, double[] y0) {
    return new PlainSolve(tableau(method), new TanhLayers(theta), y0, RELATIVE, ABSOLUTE).on(grid);
  }

  private static ButcherTableau tableau(StepMethod method) {
    if (method instanceof Tsitouras) {
      return Tableaus.tsitouras();
    }
    if (method instanceof DormandPrince) {
      return Tableaus.dormandPrince();
    }
    return method instanceof HeunEuler ? Tableaus.heunEuler() : Tableaus.bogackiShampine();
  }

  /** The formulas once more. */
  private static double penalty(
      StepMethod method, PlainSolve solve, List<Regularizer> regularizers) {
    double sum = 0;
    for (Regularizer regularizer : regularizers) {
      if (regularizer instanceof ErrorEstimate error) {
        double[] values =
            solve.measures().stream()
                .mapToDouble(
                    step ->
                        step.error()
                            * (error.quantity() == Quantity.SQUARED_ERROR
                                ? step.error()
                                : step.length()))
                .toArray();
        sum += error.coefficient().valueAt(0, 0) * over(error.overSteps(), values);
      } else if (regularizer instanceof StiffnessEstimate stiffness) {
        double radius = method instanceof Tsitouras ? TSITOURAS_RADIUS : DORMAND_PRINCE_RADIUS;
        double[] values = solve.measures().stream().mapToDouble(StepMeasure::stiffness).toArray();
        sum += stiffness.coefficient().valueAt(0, 0) * over(stiffness.overSteps(), values) / radius;
      }
    }
    return sum;
  }

  private static double over(OverSteps overSteps, double[] values) {
    return switch (overSteps) {
      case SUM -> Arrays.stream(values).sum();
      case MEAN -> Arrays.stream(values).average().orElseThrow();
      case MAXIMUM -> Arrays.stream(values).max().orElseThrow();
    };
  }
}
