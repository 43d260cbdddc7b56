/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.adjoint.OnlineCheckpoint;
import org.anodespark.odelayers.adjoint.Revolve;
import org.anodespark.odelayers.adjoint.StepCheckpoint;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.regularization.ErrorEstimate;
import org.anodespark.odelayers.regularization.ErrorEstimate.Quantity;
import org.anodespark.odelayers.regularization.LocalRegularization;
import org.anodespark.odelayers.regularization.OverSteps;
import org.anodespark.odelayers.regularization.Regularizer;
import org.anodespark.odelayers.regularization.Steer;
import org.anodespark.odelayers.regularization.StiffnessEstimate;
import org.anodespark.odelayers.schedule.ExponentialAnnealing;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.control.AdaptiveSteps;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.stochastic.StochasticSteps;
import org.anodespark.odelayers.stochastic.rungekutta.EulerMaruyama;
import org.anodespark.odelayers.stochastic.rungekutta.Sosri;
import org.anodespark.odelayers.stochastic.rungekutta.Sosri2;
import org.anodespark.odelayers.stochastic.rungekutta.StochasticRungeKutta;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** Regularised SDE blocks in networks, in double precision. */
class SdeBlockRegularizersTest {
  private static final String DENSE = "dense";
  private static final AdaptiveSteps ADAPTIVE = StochasticSteps.adaptive(0.5, 0.5).build();

  /** Steps of one length, so that differences of the loss see constant lengths. */
  private static final AdaptiveSteps OF_ONE_LENGTH =
      new AdaptiveSteps.Builder(0.5, 0.5).firstStep(0.25).stepLengths(0.25, 0.25).build();

  /** Of the score, which does not depend on the strategy, by each parameter. */
  private static final Map<StochasticRungeKutta, double[]> DIFFERENCES = new HashMap<>();

  @BeforeAll
  static void useDoublePrecision() {
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
  }

  @AfterAll
  static void restorePrecision() {
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
  }

  static Stream<Arguments> methodsAndStrategies() {
    List<AdjointStrategy> strategies =
        List.of(
            new FullStorage(),
            new StepCheckpoint(),
            new AnodeCheckpoint(),
            new AnodeCheckpoint(new Revolve(2)),
            new OnlineCheckpoint(2));
    return Stream.of(new Sosri(), new Sosri2())
        .flatMap(method -> strategies.stream().map(strategy -> Arguments.of(method, strategy)));
  }

  private static List<Regularizer> ofSteps(StochasticRungeKutta method) {
    List<Regularizer> regularizers = new ArrayList<>();
    regularizers.add(
        new ErrorEstimate(new FixedSchedule(2), Quantity.ERROR_TIMES_LENGTH, OverSteps.SUM));
    if (method.estimatesStiffness()) {
      regularizers.add(new StiffnessEstimate(new FixedSchedule(3), OverSteps.MEAN));
    }
    return regularizers;
  }

  /** The generator is seeded alike before each loss, so that the noise is the same. */
  @ParameterizedTest
  @MethodSource("methodsAndStrategies")
  void isTheGradientOfTheRegularizedScoreAtFrozenStepsAndNoise(
      StochasticRungeKutta method, AdjointStrategy strategy) {
    MultiLayerNetwork network = network(method, OF_ONE_LENGTH, strategy, ofSteps(method));
    DataSet data = Networks.data(DENSE);
    double[] gradient = gradient(network, data);
    assertThat(layer(network).statistics().solve().rejectedSteps()).isZero();
    double[] differences = DIFFERENCES.computeIfAbsent(method, m -> differences(network, data));
    for (int i = 0; i < gradient.length; i++) {
      assertThat(gradient[i])
          .isCloseTo(differences[i], within(1e-7 * (0.01 + Math.abs(differences[i]))));
    }
    double[] plain = gradient(network(method, OF_ONE_LENGTH, strategy, List.of()), data);
    assertThat(distance(gradient, plain)).isGreaterThan(0.01);
  }

  private static double[] gradient(MultiLayerNetwork network, DataSet data) {
    network.setInput(data.getFeatures());
    network.setLabels(data.getLabels());
    Nd4j.getRandom().setSeed(5);
    network.computeGradientAndScore();
    // DL4J divides by the minibatch when it updates
    return network.gradient().gradient().div(data.numExamples()).toDoubleVector();
  }

  private static double[] differences(MultiLayerNetwork network, DataSet data) {
    return IntStream.range(0, (int) network.numParams())
        .mapToDouble(i -> difference(network, data, i))
        .toArray();
  }

  private static double difference(MultiLayerNetwork network, DataSet data, int index) {
    double step = 2e-5;
    double near = score(network, data, index, step) - score(network, data, index, -step);
    double far = score(network, data, index, 2 * step) - score(network, data, index, -2 * step);
    return (8 * near - far) / (12 * step);
  }

  private static double score(MultiLayerNetwork network, DataSet data, int index, double change) {
    INDArray parameters = network.params();
    double before = parameters.getDouble(index);
    parameters.putScalar(index, before + change);
    Nd4j.getRandom().setSeed(5);
    double score = network.score(data, true);
    parameters.putScalar(index, before);
    return score;
  }

  private static double distance(double[] a, double[] b) {
    return Nd4j.createFromArray(a).distance2(Nd4j.createFromArray(b));
  }

  @Test
  void namesTheValuesInItsStatisticsAndAddsThemToTheScoreInTrainingOnly() {
    MultiLayerNetwork plain = network(new Sosri2(), ADAPTIVE, new AnodeCheckpoint(), List.of());
    MultiLayerNetwork regularized =
        network(
            new Sosri2(),
            ADAPTIVE,
            new AnodeCheckpoint(),
            List.of(new ErrorEstimate(10), new StiffnessEstimate(0.5)));
    DataSet data = Networks.data(DENSE);
    Nd4j.getRandom().setSeed(5);
    double without = plain.score(data, true);
    Nd4j.getRandom().setSeed(5);
    double with = regularized.score(data, true);
    var values = layer(regularized).statistics().solve().regularizers();
    assertThat(values).containsOnlyKeys("ErrorEstimate", "StiffnessEstimate");
    assertThat(values.values()).allSatisfy(value -> assertThat(value).isPositive());
    assertThat(with - without)
        .isCloseTo(
            10 * values.get("ErrorEstimate") + 0.5 * values.get("StiffnessEstimate"),
            within(1e-12));
    assertThat(regularized.score(data, false)).isEqualTo(plain.score(data, false));
    assertThat(layer(regularized).statistics().solve().regularizers()).isEmpty();
  }

  @Test
  void followsTheScheduleOfACoefficient() {
    MultiLayerNetwork network =
        network(
            new Sosri(),
            ADAPTIVE,
            new FullStorage(),
            List.of(
                new ErrorEstimate(new ExponentialAnnealing(ScheduleType.ITERATION, 100, 1, 2))));
    MultiLayerNetwork plain = network(new Sosri(), ADAPTIVE, new FullStorage(), List.of());
    DataSet data = Networks.data(DENSE);
    double[] coefficients = {100, 10, 1};
    for (int iteration = 0; iteration < coefficients.length; iteration++) {
      Nd4j.getRandom().setSeed(5);
      double with = network.score(data, true);
      Nd4j.getRandom().setSeed(5);
      double added = with - plain.score(data, true);
      double value = layer(network).statistics().solve().regularizers().get("ErrorEstimate");
      assertThat(added / value).isCloseTo(coefficients[iteration], within(1e-6));
      network.getLayer(1).setIterationCount(iteration + 1);
    }
  }

  @Test
  void trainsToTheSameBitsFromTheSameSeedWithoutLeavingBuffersBehind() {
    assertThat(trained()).isEqualTo(trained());
  }

  private static double[] trained() {
    MultiLayerNetwork network =
        Networks.network(
            DENSE,
            builder(new Sosri2(), ADAPTIVE)
                .regularizers(new ErrorEstimate(1), new StiffnessEstimate(0.1))
                .build(),
            WorkspaceMode.ENABLED,
            new Sgd(0.1));
    INDArray before = network.params().dup();
    DataSet data = Networks.data(DENSE);
    long borrowed = ArrayPool.ofCurrentThread(DataType.DOUBLE).bytesInUse();
    for (int i = 0; i < 3; i++) {
      network.fit(data);
    }
    assertThat(ArrayPool.ofCurrentThread(DataType.DOUBLE).bytesInUse()).isEqualTo(borrowed);
    assertThat(network.params()).isNotEqualTo(before);
    return Bits.of(network.params());
  }

  @Test
  void survivesJsonJavaSerialisationAndSaving(@TempDir Path folder)
      throws IOException, ClassNotFoundException {
    MultiLayerNetwork network =
        network(
            new Sosri2(),
            ADAPTIVE,
            new StepCheckpoint(),
            List.of(
                new ErrorEstimate(new ExponentialAnnealing(ScheduleType.EPOCH, 100, 10, 75)),
                new StiffnessEstimate(0.1)));
    MultiLayerConfiguration configuration = network.getLayerWiseConfigurations();
    SdeBlock block = (SdeBlock) configuration.getConf(1).getLayer();
    MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(configuration.toJson());
    assertThat(read.getConf(1).getLayer()).isEqualTo(block);
    assertThat(read.toJson()).isEqualTo(configuration.toJson());
    assertThat(RoundTrip.javaSerialisation(block)).isEqualTo(block).hasSameHashCodeAs(block);
    network.save(folder.resolve("model.zip").toFile());
    assertThat(
            MultiLayerNetwork.load(folder.resolve("model.zip").toFile(), false)
                .getLayer(1)
                .conf()
                .getLayer())
        .isEqualTo(block);
  }

  /** Bisection in an independent program. */
  @Test
  void measuresStiffnessByTheStabilityOfTheDrift() {
    assertThat(new Sosri2().withoutPath().stabilityRadius()).isCloseTo(10.4534, within(1e-4));
    assertThat(new Sosri2().withoutPath().estimatesStiffness()).isTrue();
    assertThat(new Sosri().withoutPath().estimatesStiffness()).isFalse();
    assertThat(new EulerMaruyama().withoutPath().estimatesStiffness()).isFalse();
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(
            new Sosri(),
            ADAPTIVE,
            new StiffnessEstimate(1),
            "which Sosri has not; use Tsitouras or DormandPrince, and for a stochastic equation"
                + " Sosri2"),
        Arguments.of(
            new EulerMaruyama(),
            new FixedSteps(2),
            new ErrorEstimate(1),
            "EulerMaruyama has none; use Tsitouras, DormandPrince, BogackiShampine or HeunEuler,"
                + " and for a stochastic equation Sosri or Sosri2"),
        Arguments.of(
            new Sosri(),
            new FixedSteps(2),
            new ErrorEstimate(1),
            "FixedSteps(2) has none; use AdaptiveSteps"),
        Arguments.of(
            new Sosri2(),
            ADAPTIVE,
            new Steer(0.25),
            "Steer is for ordinary differential equations; an SdeBlock takes ErrorEstimate and"
                + " StiffnessEstimate"),
        Arguments.of(
            new Sosri2(),
            ADAPTIVE,
            new LocalRegularization(1, LocalRegularization.Sampling.BIASED),
            "LocalRegularization is for ordinary differential equations"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusesWhatDoesNotFit(
      StochasticRungeKutta method, StepControl control, Regularizer regularizer, String sentence) {
    SdeBlock.Builder builder = builder(method, control).name("sde1").regularizers(regularizer);
    assertThatThrownBy(builder::build)
        .isInstanceOf(OdeSolveException.class)
        .hasMessageContaining("sde1")
        .hasMessageContaining(sentence);
  }

  private static SdeBlock.Builder builder(StochasticRungeKutta method, StepControl control) {
    return SdeBlockTest.builder().solver(method).stepControl(control);
  }

  private static SdeBlockLayer layer(MultiLayerNetwork network) {
    return (SdeBlockLayer) network.getLayer(1);
  }

  private static MultiLayerNetwork network(
      StochasticRungeKutta method,
      StepControl control,
      AdjointStrategy strategy,
      List<Regularizer> regularizers) {
    return Networks.network(
        DENSE,
        builder(method, control)
            .adjoint(strategy)
            .regularizers(regularizers.toArray(Regularizer[]::new))
            .build(),
        WorkspaceMode.ENABLED,
        new NoOp());
  }
}
