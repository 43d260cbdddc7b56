/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.regularization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.anodespark.odelayers.adjoint.AdjointCost;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.dynamics.TimeAsChannel;
import org.anodespark.odelayers.dynamics.TimeAsChannelOfEveryLayer;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.layer.BufferedDense;
import org.anodespark.odelayers.layer.ChannelsLastConvolution;
import org.anodespark.odelayers.regularization.FieldOfLayers.Differentiated;
import org.anodespark.odelayers.solver.SolveStatistics;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.TimeGrid;
import org.anodespark.odelayers.solver.control.AdaptiveSteps;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.solver.rungekutta.ClassicRungeKutta;
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.anodespark.odelayers.solver.rungekutta.HeunEuler;
import org.anodespark.odelayers.solver.rungekutta.Tsitouras;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What every exact strategy promises of regularised derivatives; a subclass names the strategy. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class IntegralGradientContractTest {
  private static final int DIRECTIONS = 3;

  private static final FieldOfLayers DENSE =
      new FieldOfLayers(
          "dense tanh with time", new TimeAsChannel(), new long[] {2, 3}, dense(4, 5), dense(5, 3));

  /** The form of the published field for MNIST. */
  private static final FieldOfLayers DENSE_WITH_TIME_IN_EVERY_LAYER =
      new FieldOfLayers(
          "dense tanh with time in every layer",
          new TimeAsChannelOfEveryLayer(),
          new long[] {2, 3},
          dense(4, 5),
          dense(6, 3));

  private static final FieldOfLayers CONVOLUTION =
      new FieldOfLayers(
          "convolution and tanh with time",
          new TimeAsChannel(),
          new long[] {2, 3, 3, 2},
          convolution(3, Activation.TANH),
          convolution(2, Activation.IDENTITY));

  /** The first step is far too long, so that some trials are rejected. */
  private static final AdaptiveSteps WITH_REJECTIONS =
      new AdaptiveSteps.Builder(1e-6, 1e-6).firstStep(1.4).build();

  private static final AdaptiveSteps WITHOUT_REJECTIONS =
      new AdaptiveSteps.Builder(1, 1).firstStep(0.25).stepLengths(0, 0.5).build();

  private static final Map<List<Object>, double[]> DIFFERENCES = new HashMap<>();
  private static final Map<List<Object>, Differentiated> FULL_STORAGE = new HashMap<>();

  private final AdjointStrategy strategy;
  private final Map<List<Object>, Differentiated> differentiated = new HashMap<>();

  IntegralGradientContractTest(AdjointStrategy strategy) {
    this.strategy = strategy;
  }

  private static Layer dense(int in, int out) {
    return new BufferedDense.Builder()
        .nIn(in)
        .nOut(out)
        .biasInit(0.1)
        .activation(Activation.TANH)
        .build();
  }

  private static Layer convolution(int in, Activation activation) {
    return new ChannelsLastConvolution.Builder(3, 3)
        .nIn(in)
        .nOut(2)
        .biasInit(0.1)
        .activation(activation)
        .build();
  }

  /** What is differentiated. */
  record Setting(
      FieldOfLayers field, StepMethod method, StepControl control, List<Regularizer> regularizers) {
    List<Object> key() {
      return List.of(field, method, control, regularizers);
    }

    @Override
    public String toString() {
      return field + ", " + method + ", " + control + ", " + regularizers;
    }
  }

  Stream<Setting> settings() {
    return Stream.of(
            new KineticEnergy(10),
            new JacobianFrobenius(15),
            new TaylorRegularization(10, 2),
            new TaylorRegularization(10, 3))
        .flatMap(regularizer -> settings(List.of(regularizer)));
  }

  private Stream<Setting> settings(List<Regularizer> regularizers) {
    return Stream.of(DENSE, DENSE_WITH_TIME_IN_EVERY_LAYER, CONVOLUTION)
        .flatMap(
            field ->
                Stream.of(
                    new Setting(field, new Tsitouras(), WITH_REJECTIONS, regularizers),
                    new Setting(field, new ClassicRungeKutta(), new FixedSteps(4), regularizers)))
        .filter(setting -> isPossible(setting.method(), setting.control()));
  }

  private boolean isPossible(StepMethod method, StepControl control) {
    try {
      strategy.check(method, control);
      return true;
    } catch (OdeSolveException e) {
      return false;
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  void isTheGradientOfTheRegularizedLossAtFrozenSteps(Setting setting) {
    Differentiated mine = differentiate(setting);
    double[] differences = DIFFERENCES.computeIfAbsent(setting.key(), key -> differences(setting));
    double[] products = products(setting.field(), mine);
    double size = norm(mine.stateGradient()) + norm(mine.parameterGradient());
    assertThat(size).isGreaterThan(0.1);
    for (int i = 0; i < differences.length; i++) {
      assertThat(products[i]).isCloseTo(differences[i], within(1e-7 * size));
    }
  }

  /** By the state and by the parameters in some directions of length 1. */
  private static double[] differences(Setting setting) {
    FieldOfLayers field = setting.field();
    TimeGrid grid = field.grid(setting.method(), setting.control());
    List<Double> differences = new ArrayList<>();
    for (INDArray at : List.of(field.state(), field.parameters())) {
      for (int i = 0; i < DIRECTIONS; i++) {
        differences.add(
            FieldOfLayers.difference(
                at,
                direction(i, at),
                ignored -> field.loss(setting.method(), grid, setting.regularizers())));
      }
    }
    return differences.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double[] products(FieldOfLayers field, Differentiated mine) {
    double[] products = new double[2 * DIRECTIONS];
    for (int i = 0; i < DIRECTIONS; i++) {
      products[i] = dot(mine.stateGradient(), direction(i, field.state()));
      products[DIRECTIONS + i] = dot(mine.parameterGradient(), direction(i, field.parameters()));
    }
    return products;
  }

  private static INDArray direction(int seed, INDArray like) {
    Nd4j.getRandom().setSeed(70 + seed);
    INDArray direction = Nd4j.randn(DataType.DOUBLE, like.shape());
    return direction.divi(direction.norm2Number());
  }

  private static double dot(INDArray a, INDArray b) {
    return a.mul(b.reshape(b.length())).sumNumber().doubleValue();
  }

  private static double norm(INDArray values) {
    return values.norm2Number().doubleValue();
  }

  /** Without a part that is felt, the test above would say nothing. */
  @ParameterizedTest
  @MethodSource("settings")
  void isAnotherGradientThanWithoutRegularizers(Setting setting) {
    Differentiated mine = differentiate(setting);
    Differentiated plain = differentiate(without(setting));
    assertThat(distance(mine.parameterGradient(), plain.parameterGradient())).isGreaterThan(1e-2);
    assertThat(distance(mine.stateGradient(), plain.stateGradient())).isGreaterThan(1e-2);
  }

  private static double distance(INDArray a, INDArray b) {
    return RegularizedLoss.relativeError(a.toDoubleVector(), b.toDoubleVector());
  }

  @ParameterizedTest
  @MethodSource("settings")
  void hasTheBitsOfFullStorage(Setting setting) {
    Differentiated mine = differentiate(setting);
    Differentiated full =
        FULL_STORAGE.computeIfAbsent(
            setting.key(), key -> differentiate(new FullStorage(), setting));
    assertThat(mine.penalty()).isEqualTo(full.penalty()).isPositive();
    assertThat(mine.stateGradient().toDoubleVector())
        .containsExactly(full.stateGradient().toDoubleVector());
    assertThat(mine.parameterGradient().toDoubleVector())
        .containsExactly(full.parameterGradient().toDoubleVector());
  }

  @ParameterizedTest
  @MethodSource("settings")
  void takesTheStepsEvaluationsAndPullbacksOfASolveWithout(Setting setting) {
    SolveStatistics mine = differentiate(setting).statistics();
    SolveStatistics plain = differentiate(without(setting)).statistics();
    assertThat(mine.acceptedSteps()).isEqualTo(plain.acceptedSteps());
    assertThat(mine.rejectedSteps()).isEqualTo(plain.rejectedSteps());
    assertThat(mine.forwardEvaluations()).isEqualTo(plain.forwardEvaluations());
    assertThat(mine.recomputedEvaluations()).isEqualTo(plain.recomputedEvaluations());
    assertThat(mine.pullbacks()).isEqualTo(plain.pullbacks());
    assertThat(plain.jetCoefficients()).isZero();
  }

  /** The stages whose weight is not 0 count: six of Tsitouras, four of the classic method. */
  @ParameterizedTest
  @MethodSource("settings")
  void computesTheCoefficientsOfEachTrialAndOfEachAcceptedStepOnceMore(Setting setting) {
    SolveStatistics mine = differentiate(setting).statistics();
    long stages = setting.method() instanceof Tsitouras ? 6 : 4;
    long each = coefficients(setting.regularizers().get(0));
    long accepted = mine.acceptedSteps();
    assertThat(mine.rejectedSteps() > 0).isEqualTo(setting.method() instanceof Tsitouras);
    assertThat(mine.jetCoefficients())
        .isEqualTo(each * stages * (2 * accepted + mine.rejectedSteps()));
    assertThat(mine.jetPullbacks()).isEqualTo(each * stages * accepted);
  }

  private static long coefficients(Regularizer regularizer) {
    if (regularizer instanceof KineticEnergy) {
      return 0;
    }
    return regularizer instanceof TaylorRegularization taylor ? taylor.order() : 2;
  }

  Stream<Setting> combinations() {
    return settings(
        List.of(new KineticEnergy(2), new JacobianFrobenius(3), new TaylorRegularization(0.2, 3)));
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void addsUpOverSeveralRegularizers(Setting setting) {
    List<Regularizer> all = new ArrayList<>(setting.regularizers());
    if (setting.method() instanceof Tsitouras) {
      all.add(new ErrorEstimate(5));
      all.add(new StiffnessEstimate(0.5));
    }
    Differentiated plain = differentiate(without(setting));
    INDArray expected = plain.parameterGradient().dup();
    INDArray expectedOfState = plain.stateGradient().dup();
    double penalty = 0;
    for (Regularizer regularizer : all) {
      Differentiated part = differentiate(with(setting, List.of(regularizer)));
      penalty += part.penalty();
      expected.addi(part.parameterGradient());
      expected.subi(plain.parameterGradient());
      expectedOfState.addi(part.stateGradient());
      expectedOfState.subi(plain.stateGradient());
    }
    Differentiated together = differentiate(with(setting, all));
    assertThat(together.penalty()).isCloseTo(penalty, within(1e-12 * penalty));
    assertThat(distance(together.parameterGradient(), expected)).isLessThan(1e-11);
    assertThat(distance(together.stateGradient(), expectedOfState)).isLessThan(1e-11);
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void hasTheBitsOfNoRegularizerForCoefficientsOfZero(Setting setting) {
    Differentiated mine =
        differentiate(
            with(
                setting,
                List.of(
                    new KineticEnergy(0),
                    new JacobianFrobenius(0),
                    new TaylorRegularization(0, 2))));
    Differentiated plain = differentiate(without(setting));
    assertThat(mine.penalty()).isZero();
    assertThat(mine.stateGradient().toDoubleVector())
        .containsExactly(plain.stateGradient().toDoubleVector());
    assertThat(mine.parameterGradient().toDoubleVector())
        .containsExactly(plain.parameterGradient().toDoubleVector());
    assertThat(mine.statistics().jetPullbacks()).isZero();
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void givesBackItsBuffersAndAllocatesNothingMoreAfterTheFirstSolve(Setting setting) {
    differentiate(strategy, setting);
    long before = setting.field().pool().bytesInUse();
    long allocated = setting.field().pool().bytesAllocated();
    differentiate(strategy, setting);
    assertThat(setting.field().pool().bytesInUse()).isEqualTo(before);
    assertThat(setting.field().pool().bytesAllocated()).isEqualTo(allocated);
  }

  /** Slopes for the kinetic energy, which are results if products read them, and one direction. */
  @ParameterizedTest
  @MethodSource("methods")
  void keepsWhatTheStrategyDeclaresForTheMeasuredMethod(StepMethod method) {
    RegularizerSet regularization = new RegularizerSet(List.of(new KineticEnergy(1)));
    StepControl control = method.embeddedOrder() > 0 ? WITHOUT_REJECTIONS : new FixedSteps(3);
    if (!isPossible(method, control)) {
      assertThatCode(() -> strategy.check(method, new FixedSteps(3))).doesNotThrowAnyException();
      return;
    }
    for (boolean readsResult : new boolean[] {false, true}) {
      SolveStatistics statistics =
          RegularizedLoss.of(
                  strategy,
                  new TanhLayers(TanhLayers.parameters(), readsResult),
                  method,
                  control,
                  regularization.regularizers(),
                  DENSE.pool())
              .statistics();
      assertThat(statistics.rejectedSteps()).isZero();
      AdjointCost cost =
          strategy.cost(
              Math.toIntExact(statistics.acceptedSteps()),
              regularization.measured(method, control));
      assertThat(statistics.peakSavedBytes())
          .isEqualTo(cost.peak().bytes(8L * TanhLayers.EXAMPLES * TanhLayers.SIZE, readsResult, 0));
    }
  }

  static Stream<StepMethod> methods() {
    return Stream.of(new Tsitouras(), new HeunEuler(), new ClassicRungeKutta(), new Euler());
  }

  private static Setting without(Setting setting) {
    return with(setting, List.of());
  }

  private static Setting with(Setting setting, List<Regularizer> regularizers) {
    return new Setting(setting.field(), setting.method(), setting.control(), regularizers);
  }

  private Differentiated differentiate(Setting setting) {
    return differentiated.computeIfAbsent(setting.key(), key -> differentiate(strategy, setting));
  }

  private static Differentiated differentiate(AdjointStrategy strategy, Setting setting) {
    return setting
        .field()
        .differentiate(strategy, setting.method(), setting.control(), setting.regularizers());
  }
}
