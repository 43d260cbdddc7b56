/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.regularization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.adjoint.OnlineCheckpoint;
import org.anodespark.odelayers.adjoint.StepCheckpoint;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.regularization.LocalRegularization.Quantity;
import org.anodespark.odelayers.regularization.LocalRegularization.Sampling;
import org.anodespark.odelayers.solver.DenseStep;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.MeasurableStepMethod;
import org.anodespark.odelayers.solver.Step;
import org.anodespark.odelayers.solver.StepJournal;
import org.anodespark.odelayers.solver.StepMeasure;
import org.anodespark.odelayers.solver.control.AdaptiveSteps;
import org.anodespark.odelayers.solver.rungekutta.Tableaus;
import org.anodespark.odelayers.solver.rungekutta.Tsitouras;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.schedule.FixedSchedule;

class LocalRegularizationTest {
  private static final double TOLERANCE = 1e-3;
  private static final AdaptiveSteps CONTROL = new AdaptiveSteps(TOLERANCE, TOLERANCE);
  private static final double COEFFICIENT = 3;

  private final ArrayPool pool = new ArrayPool(DataType.DOUBLE);

  static Stream<Arguments> kinds() {
    return Stream.of(Sampling.values())
        .flatMap(
            sampling ->
                Stream.of(Quantity.values()).map(quantity -> Arguments.of(sampling, quantity)));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void isTheGradientOfOneStepFromAConstantStateAndSlope(Sampling sampling, Quantity quantity) {
    TanhLayers field = new TanhLayers(TanhLayers.parameters());
    // a step long enough that differences of its error are not those of rounding errors
    AdaptiveSteps control = new AdaptiveSteps.Builder(TOLERANCE, TOLERANCE).firstStep(0.4).build();
    InitialValueProblem problem = RegularizedLoss.problem(field, new Tsitouras(), control, pool);
    INDArray y0 = TanhLayers.array(TanhLayers.state());
    Nd4j.getRandom().setSeed(5);
    LocalStep local = new LocalStep(regularizer(sampling, quantity), problem, y0);
    StepJournal journal = new StepJournal(null, false, local.sample());
    problem.by(((MeasurableStepMethod) problem.method()).measuredIn(journal)).solve(y0, y0.ulike());
    double value = local.take(COEFFICIENT);
    local.pullback();
    double[] state = local.sample().state().reshape(y0.length()).toDoubleVector();
    Step step = local.step();
    double[] slope = field.slope(step.start(), state);
    assertThat(value)
        .isCloseTo(
            value(quantity, TanhLayers.parameters(), state, step, slope), within(1e-9 * value));
    assertThat(
            RegularizedLoss.relativeError(
                field.parameterGradient().toDoubleVector(),
                RegularizedLoss.differences(
                    theta -> COEFFICIENT * value(quantity, theta, state, step, slope),
                    TanhLayers.parameters())))
        .isLessThan(1e-7);
    local.close();
  }

  private static double value(
      Quantity quantity, double[] theta, double[] state, Step step, double[] slope) {
    PlainSolve plain =
        new PlainSolve(Tableaus.tsitouras(), new TanhLayers(theta), state, TOLERANCE, TOLERANCE);
    plain.take(step, slope);
    StepMeasure measure = plain.measures().get(0);
    return quantity == Quantity.STIFFNESS
        ? measure.stiffness() / new Tsitouras().stabilityRadius()
        : measure.error() * measure.length();
  }

  static Stream<Arguments> strategiesAndSampling() {
    return Stream.of(
            new FullStorage(), new AnodeCheckpoint(), new StepCheckpoint(), new OnlineCheckpoint(2))
        .flatMap(
            strategy ->
                Stream.of(Sampling.values()).map(sampling -> Arguments.of(strategy, sampling)));
  }

  @ParameterizedTest
  @MethodSource("strategiesAndSampling")
  void addsToTheParameterGradientAloneAndAlikeForEveryStrategy(
      AdjointStrategy strategy, Sampling sampling) {
    long before = pool.bytesInUse();
    RegularizedLoss mine = differentiate(strategy, sampling);
    RegularizedLoss full = differentiate(new FullStorage(), sampling);
    RegularizedLoss plain = RegularizedLoss.of(strategy, new Tsitouras(), CONTROL, List.of(), pool);
    assertThat(mine.penalty()).isEqualTo(full.penalty()).isPositive();
    assertThat(mine.stateGradient()).containsExactly(plain.stateGradient());
    assertThat(mine.parameterGradient()).containsExactly(full.parameterGradient());
    assertThat(RegularizedLoss.relativeError(mine.parameterGradient(), plain.parameterGradient()))
        .isGreaterThan(1e-4);
    assertThat(pool.bytesInUse()).isEqualTo(before);
  }

  /** Two evaluations to choose the length, one for the first slope, six for the step. */
  @ParameterizedTest
  @MethodSource("strategiesAndSampling")
  void costsOneStepAndItsGradient(AdjointStrategy strategy, Sampling sampling) {
    RegularizedLoss mine = differentiate(strategy, sampling);
    RegularizedLoss plain = RegularizedLoss.of(strategy, new Tsitouras(), CONTROL, List.of(), pool);
    assertThat(mine.statistics().forwardEvaluations())
        .isEqualTo(plain.statistics().forwardEvaluations() + 9);
    assertThat(mine.statistics().recomputedEvaluations())
        .isEqualTo(plain.statistics().recomputedEvaluations() + 7);
    assertThat(mine.statistics().pullbacks()).isEqualTo(plain.statistics().pullbacks() + 6);
    assertThat(mine.statistics().peakSavedBytes())
        .isEqualTo(
            plain.statistics().peakSavedBytes() + 8L * TanhLayers.EXAMPLES * TanhLayers.SIZE);
  }

  @ParameterizedTest
  @EnumSource
  void followsFromTheSeed(Sampling sampling) {
    double first = differentiate(new FullStorage(), sampling).penalty();
    assertThat(differentiate(new FullStorage(), sampling).penalty()).isEqualTo(first);
    Nd4j.getRandom().setSeed(6);
    assertThat(
            RegularizedLoss.of(
                    new FullStorage(),
                    new Tsitouras(),
                    CONTROL,
                    List.of(regularizer(sampling, Quantity.STIFFNESS)),
                    pool)
                .penalty())
        .isNotEqualTo(first);
  }

  @Test
  void takesTheStateOfTheDenseOutputAtAnyTime() {
    TanhLayers field = new TanhLayers(TanhLayers.parameters());
    InitialValueProblem problem =
        RegularizedLoss.problem(field, new Tsitouras(), new AdaptiveSteps(1e-9, 1e-9), pool);
    INDArray y0 = TanhLayers.array(TanhLayers.state());
    for (double draw : new double[] {0, 0.3, 0.77}) {
      UniformSample sample = new UniformSample(0, RegularizedLoss.END, draw, y0.ulike());
      StepJournal journal = new StepJournal(null, false, sample);
      problem
          .by(((MeasurableStepMethod) problem.method()).measuredIn(journal))
          .solve(y0, y0.ulike());
      assertThat(sample.time()).isEqualTo(draw * RegularizedLoss.END);
      INDArray expected = y0.dup();
      if (draw > 0) {
        problem.between(0, sample.time()).solve(y0, expected);
      }
      assertThat(sample.state().distance2(expected)).isLessThan(1e-6);
    }
  }

  @Test
  void choosesEachStartOfAnAcceptedStepWithTheSameProbability() {
    INDArray state = Nd4j.zeros(DataType.DOUBLE, 1);
    int draws = 4000;
    Map<Double, Integer> chosen = new HashMap<>();
    for (int seed = 0; seed < draws; seed++) {
      StepStartSample sample = new StepStartSample(31L * seed, state);
      // the first trial from 0.25 and that from 0.75 are rejected
      double[][] trials = {{0, 0.25}, {0.25, 1}, {0.25, 0.5}, {0.5, 0.75}, {0.75, 1}, {0.75, 0.9}};
      for (double[] trial : trials) {
        sample.offer(new ConstantStep(new Step(0, trial[0], trial[1])));
      }
      assertThat(state.getDouble(0)).isEqualTo(sample.time());
      chosen.merge(sample.time(), 1, Integer::sum);
    }
    assertThat(chosen).containsOnlyKeys(0.0, 0.25, 0.5, 0.75);
    double deviation = Math.sqrt(draws * 0.25 * 0.75);
    chosen
        .values()
        .forEach(count -> assertThat(count - draws / 4.0).isBetween(-5 * deviation, 5 * deviation));
  }

  private RegularizedLoss differentiate(AdjointStrategy strategy, Sampling sampling) {
    Nd4j.getRandom().setSeed(5);
    return RegularizedLoss.of(
        strategy,
        new Tsitouras(),
        CONTROL,
        List.of(regularizer(sampling, Quantity.STIFFNESS)),
        pool);
  }

  private static LocalRegularization regularizer(Sampling sampling, Quantity quantity) {
    return new LocalRegularization(new FixedSchedule(COEFFICIENT), sampling, quantity);
  }

  /** A solution that is the time at its start. */
  private record ConstantStep(Step step) implements DenseStep {
    @Override
    public void interpolate(double theta, INDArray out) {
      out.assign(step.start());
    }

    @Override
    public void close() {
      // nothing is kept
    }
  }
}
