/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.adjoint.Interpolated;
import org.anodespark.odelayers.adjoint.ReverseTime;
import org.anodespark.odelayers.dynamics.TimeAsChannel;
import org.anodespark.odelayers.dynamics.TimeAsChannelOfEveryLayer;
import org.anodespark.odelayers.failure.FailureReason;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.regularization.ErrorEstimate;
import org.anodespark.odelayers.regularization.ErrorEstimate.Quantity;
import org.anodespark.odelayers.regularization.JacobianFrobenius;
import org.anodespark.odelayers.regularization.KineticEnergy;
import org.anodespark.odelayers.regularization.LocalRegularization;
import org.anodespark.odelayers.regularization.LocalRegularization.Sampling;
import org.anodespark.odelayers.regularization.OverSteps;
import org.anodespark.odelayers.regularization.Regularizer;
import org.anodespark.odelayers.regularization.Steer;
import org.anodespark.odelayers.regularization.StiffnessEstimate;
import org.anodespark.odelayers.regularization.TaylorRegularization;
import org.anodespark.odelayers.schedule.ExponentialAnnealing;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.control.AdaptiveSteps;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.solver.implicit.BackwardEuler;
import org.anodespark.odelayers.solver.rungekutta.BogackiShampine;
import org.anodespark.odelayers.solver.rungekutta.ClassicRungeKutta;
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.anodespark.odelayers.solver.rungekutta.Tsitouras;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** Regularised ODE blocks in networks, in double precision. */
class OdeBlockRegularizersTest {
  private static final String DENSE = "dense";
  private static final String BUFFERED = "buffered dense";
  private static final AdaptiveSteps ADAPTIVE = new AdaptiveSteps(1e-3, 1e-3);

  /** Steps of one length, so that differences of the loss see constant lengths. */
  private static final AdaptiveSteps OF_ONE_LENGTH =
      new AdaptiveSteps.Builder(1e-3, 1e-3).firstStep(0.25).stepLengths(0.25, 0.25).build();

  @BeforeAll
  static void useDoublePrecision() {
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
  }

  @AfterAll
  static void restorePrecision() {
    Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
  }

  static Stream<Arguments> settings() {
    return Stream.of(new FullStorage(), new AnodeCheckpoint())
        .flatMap(
            strategy ->
                Stream.of(WorkspaceMode.ENABLED, WorkspaceMode.NONE)
                    .map(mode -> Arguments.of(strategy, mode)));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void scoreAndGradientAgreeByCentralDifferences(AdjointStrategy strategy, WorkspaceMode mode) {
    MultiLayerNetwork network =
        Networks.network(
            DENSE,
            block(
                strategy,
                OF_ONE_LENGTH,
                new ErrorEstimate(10),
                new StiffnessEstimate(new FixedSchedule(0.5), OverSteps.MEAN)),
            mode);
    DataSet data = Networks.data(DENSE);
    assertThat(
            GradientCheckUtil.checkGradients(
                new GradientCheckUtil.MLNConfig()
                    .net(network)
                    .input(data.getFeatures())
                    .labels(data.getLabels())
                    .epsilon(1e-6)
                    .maxRelError(1e-4)
                    .minAbsoluteError(1e-8)
                    .print(GradientCheckUtil.PrintMode.FAILURES_ONLY)
                    .exitOnFirstError(false)))
        .isTrue();
  }

  static Stream<Arguments> derivatives() {
    return Stream.of(
            new KineticEnergy(3), new TaylorRegularization(2, 2), new TaylorRegularization(0.5, 3))
        .flatMap(
            regularizer ->
                Stream.of(new FullStorage(), new AnodeCheckpoint())
                    .flatMap(
                        strategy ->
                            Stream.of("buffered dense", "buffered convolution")
                                .map(dynamics -> Arguments.of(regularizer, strategy, dynamics))));
  }

  @ParameterizedTest
  @MethodSource("derivatives")
  void scoreAndGradientOfDerivativesAgreeByCentralDifferences(
      Regularizer regularizer, AdjointStrategy strategy, String dynamics) {
    MultiLayerNetwork network =
        Networks.network(
            dynamics,
            new OdeBlock.Builder()
                .dynamics(Networks.DYNAMICS.get(dynamics).get())
                .timeInput(
                    dynamics.equals(BUFFERED)
                        ? new TimeAsChannelOfEveryLayer()
                        : new TimeAsChannel())
                .solver(new ClassicRungeKutta())
                .steps(2)
                .adjoint(strategy)
                .regularizers(regularizer)
                .build(),
            WorkspaceMode.ENABLED);
    DataSet data = Networks.data(dynamics);
    assertThat(
            GradientCheckUtil.checkGradients(
                new GradientCheckUtil.MLNConfig()
                    .net(network)
                    .input(data.getFeatures())
                    .labels(data.getLabels())
                    .epsilon(1e-6)
                    .maxRelError(1e-4)
                    .minAbsoluteError(1e-8)
                    .subset(true)
                    .maxPerParam(12)
                    .print(GradientCheckUtil.PrintMode.FAILURES_ONLY)
                    .exitOnFirstError(false)))
        .isTrue();
  }

  /** The same direction for every score, as the seed is. */
  @Test
  void scoreAndGradientOfAGraphAgreeForTheJacobian() {
    ComputationGraph graph = graphWithTheJacobian();
    DataSet data = Networks.data(BUFFERED);
    Nd4j.getRandom().setSeed(3);
    graph.setInputs(data.getFeatures());
    graph.setLabels(data.getLabels());
    graph.computeGradientAndScore();
    INDArray gradient = graph.gradient().gradient().dup().divi(Networks.EXAMPLES);
    Nd4j.getRandom().setSeed(4);
    INDArray direction = Nd4j.randn(DataType.DOUBLE, gradient.shape());
    INDArray parameters = graph.params().dup();
    double[] scores = new double[2];
    double h = 1e-5;
    for (int i = 0; i < 2; i++) {
      graph.params().assign(parameters.add(direction.mul(i == 0 ? -h : h)));
      Nd4j.getRandom().setSeed(3);
      scores[i] = graph.score(data, true);
    }
    double difference = (scores[1] - scores[0]) / (2 * h);
    assertThat(gradient.mul(direction).sumNumber().doubleValue() / difference)
        .isCloseTo(1, within(1e-7));
    OdeBlockLayer layer = (OdeBlockLayer) graph.getLayer("block");
    assertThat(layer.statistics().regularizers().get("JacobianFrobenius")).isPositive();
  }

  private static ComputationGraph graphWithTheJacobian() {
    ComputationGraph graph =
        new ComputationGraph(
            Networks.base(new NoOp(), WorkspaceMode.ENABLED)
                .graphBuilder()
                .addInputs("in")
                .addLayer("entry", new DenseLayer.Builder().nOut(4).build(), "in")
                .addLayer(
                    "block",
                    new OdeBlock.Builder()
                        .dynamics(Networks.DYNAMICS.get(BUFFERED).get())
                        .timeInput(new TimeAsChannel())
                        .solver(new Tsitouras())
                        .steps(3)
                        .regularizers(new JacobianFrobenius(20))
                        .build(),
                    "entry")
                .addLayer(
                    "out",
                    new OutputLayer.Builder(LossFunctions.LossFunction.MSE)
                        .activation(Activation.TANH)
                        .nOut(Networks.CLASSES)
                        .build(),
                    "block")
                .setOutputs("out")
                .setInputTypes(Networks.inputType(BUFFERED))
                .build());
    graph.init();
    return graph;
  }

  @Test
  void regularisesDerivativesTogetherWithAllOthersToTheSameBitsFromTheSameSeed() {
    INDArray parameters = trainedWithDerivatives();
    assertThat(parameters.isNaN().any()).isFalse();
    assertThat(Bits.of(trainedWithDerivatives())).isEqualTo(Bits.of(parameters));
  }

  private static INDArray trainedWithDerivatives() {
    MultiLayerNetwork network =
        Networks.network(
            BUFFERED,
            new OdeBlock.Builder()
                .dynamics(Networks.DYNAMICS.get(BUFFERED).get())
                .solver(new Tsitouras())
                .stepControl(ADAPTIVE)
                .regularizers(
                    new KineticEnergy(0.1),
                    new JacobianFrobenius(0.1),
                    new TaylorRegularization(0.1, 3),
                    new ErrorEstimate(1),
                    new StiffnessEstimate(0.1),
                    new LocalRegularization(1, Sampling.UNBIASED),
                    new Steer(0.25))
                .build(),
            WorkspaceMode.ENABLED,
            new Sgd(0.1));
    INDArray before = network.params().dup();
    DataSet data = Networks.data(BUFFERED);
    long borrowed = ArrayPool.ofCurrentThread(DataType.DOUBLE).bytesInUse();
    for (int i = 0; i < 3; i++) {
      network.fit(data);
    }
    assertThat(layer(network).statistics().regularizers())
        .containsOnlyKeys(
            "KineticEnergy",
            "JacobianFrobenius",
            "TaylorRegularization",
            "ErrorEstimate",
            "StiffnessEstimate",
            "LocalRegularization");
    assertThat(ArrayPool.ofCurrentThread(DataType.DOUBLE).bytesInUse()).isEqualTo(borrowed);
    assertThat(network.params()).isNotEqualTo(before);
    return network.params();
  }

  static Stream<Arguments> fieldsWithoutJets() {
    return Stream.of(
        Arguments.of(DENSE, "layer 0 (DenseLayer) of the dynamics has no Taylor coefficients"),
        Arguments.of(
            "convolution with batch norm",
            "layer 1 (ChannelsLastBatchNorm) of the dynamics has no Taylor coefficients"));
  }

  @ParameterizedTest
  @MethodSource("fieldsWithoutJets")
  void refusesLayersWithoutTaylorCoefficients(String dynamics, String sentence) {
    for (Regularizer regularizer :
        List.of(new TaylorRegularization(1, 2), new JacobianFrobenius(1))) {
      MultiLayerNetwork network =
          Networks.network(
              dynamics,
              new OdeBlock.Builder()
                  .name("ode1")
                  .dynamics(Networks.DYNAMICS.get(dynamics).get())
                  .solver(new ClassicRungeKutta())
                  .steps(2)
                  .regularizers(regularizer)
                  .build(),
              WorkspaceMode.ENABLED);
      assertThatThrownBy(() -> network.score(Networks.data(dynamics), true))
          .isInstanceOfSatisfying(
              OdeSolveException.class,
              failure ->
                  assertThat(failure.reason()).isEqualTo(FailureReason.UNSUPPORTED_COMBINATION))
          .hasMessageContaining("ode1")
          .hasMessageContaining(sentence)
          .hasMessageContaining(
              "use BufferedDense, ChannelsLastConvolution and BufferedActivation");
    }
  }

  @Test
  void addsCoefficientsTimesValuesToTheScoreInTrainingOnly() {
    MultiLayerNetwork plain = network();
    MultiLayerNetwork regularized = network(new ErrorEstimate(10), new StiffnessEstimate(0.5));
    DataSet data = Networks.data(DENSE);
    double added = regularized.score(data, true) - plain.score(data, true);
    var values = layer(regularized).statistics().regularizers();
    assertThat(values).containsOnlyKeys("ErrorEstimate", "StiffnessEstimate");
    assertThat(values.values()).allSatisfy(value -> assertThat(value).isPositive());
    assertThat(added)
        .isCloseTo(
            10 * values.get("ErrorEstimate") + 0.5 * values.get("StiffnessEstimate"),
            within(1e-12));
    assertThat(regularized.score(data, false)).isEqualTo(plain.score(data, false));
    assertThat(layer(regularized).statistics().regularizers()).isEmpty();
    assertThat(Bits.of(regularized.output(data.getFeatures())))
        .isEqualTo(Bits.of(plain.output(data.getFeatures())));
  }

  @Test
  void followsTheScheduleOfACoefficient() {
    MultiLayerNetwork network =
        network(new ErrorEstimate(new ExponentialAnnealing(ScheduleType.ITERATION, 100, 1, 2)));
    MultiLayerNetwork plain = network();
    DataSet data = Networks.data(DENSE);
    double[] coefficients = {100, 10, 1, 1};
    for (int iteration = 0; iteration < coefficients.length; iteration++) {
      double added = network.score(data, true) - plain.score(data, true);
      double value = layer(network).statistics().regularizers().get("ErrorEstimate");
      assertThat(added / value).isCloseTo(coefficients[iteration], within(1e-6));
      network.getLayer(1).setIterationCount(iteration + 1);
    }
  }

  @Test
  void solvesToARandomEndInTrainingOnlyThatFollowsFromTheSeed() {
    MultiLayerNetwork network = network(new Steer(0.5));
    MultiLayerNetwork plain = network();
    DataSet data = Networks.data(DENSE);
    Nd4j.getRandom().setSeed(1);
    double first = network.score(data, true);
    double second = network.score(data, true);
    assertThat(second).isNotEqualTo(first);
    Nd4j.getRandom().setSeed(1);
    assertThat(network.score(data, true)).isEqualTo(first);
    assertThat(network.score(data, false)).isEqualTo(plain.score(data, false));
  }

  @Test
  void trainsWithAllOfThemToTheSameBitsFromTheSameSeed() {
    INDArray parameters = trained();
    assertThat(parameters.isNaN().any()).isFalse();
    assertThat(Bits.of(trained())).isEqualTo(Bits.of(parameters));
  }

  private static INDArray trained() {
    MultiLayerNetwork network =
        network(
            new ErrorEstimate(1),
            new StiffnessEstimate(0.1),
            new LocalRegularization(1, Sampling.UNBIASED),
            new Steer(0.25));
    INDArray before = network.params().dup();
    DataSet data = Networks.data(DENSE);
    long borrowed = ArrayPool.ofCurrentThread(DataType.DOUBLE).bytesInUse();
    for (int i = 0; i < 3; i++) {
      network.fit(data);
    }
    assertThat(layer(network).statistics().regularizers())
        .containsOnlyKeys("ErrorEstimate", "StiffnessEstimate", "LocalRegularization");
    assertThat(ArrayPool.ofCurrentThread(DataType.DOUBLE).bytesInUse()).isEqualTo(borrowed);
    assertThat(network.params()).isNotEqualTo(before);
    return network.params();
  }

  static Stream<Regularizer> regularizers() {
    return Stream.of(
        new ErrorEstimate(2.5),
        new ErrorEstimate(
            new ExponentialAnnealing(ScheduleType.EPOCH, 100, 10, 75),
            Quantity.SQUARED_ERROR,
            OverSteps.SUM),
        new StiffnessEstimate(0.1),
        new StiffnessEstimate(new FixedSchedule(0.1), OverSteps.MEAN),
        new LocalRegularization(2.5, Sampling.BIASED),
        new Steer(0.5),
        new KineticEnergy(0.01),
        new KineticEnergy(new ExponentialAnnealing(ScheduleType.EPOCH, 100, 10, 75)),
        new JacobianFrobenius(0.01),
        new TaylorRegularization(3.02e-3, 3),
        new TaylorRegularization(new ExponentialAnnealing(ScheduleType.EPOCH, 100, 10, 75), 2));
  }

  @ParameterizedTest
  @MethodSource("regularizers")
  void survivesJsonAndJavaSerialisation(Regularizer regularizer)
      throws IOException, ClassNotFoundException {
    MultiLayerConfiguration configuration = network(regularizer).getLayerWiseConfigurations();
    OdeBlock block = (OdeBlock) configuration.getConf(1).getLayer();
    MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(configuration.toJson());
    assertThat(read.getConf(1).getLayer()).isEqualTo(block);
    assertThat(read.toJson()).isEqualTo(configuration.toJson());
    assertThat(RoundTrip.javaSerialisation(block)).isEqualTo(block).hasSameHashCodeAs(block);
    assertThat(RoundTrip.json(regularizer, Regularizer.class))
        .isEqualTo(regularizer)
        .hasSameHashCodeAs(regularizer)
        .hasToString(regularizer.toString());
  }

  @Test
  void readsTheFormatOfItsFirstRelease() throws IOException {
    String golden;
    try (var in = getClass().getResourceAsStream("ode-block-regularizers-0.1.json")) {
      golden = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    MultiLayerConfiguration configuration =
        network(
                new ErrorEstimate(new ExponentialAnnealing(ScheduleType.EPOCH, 100, 10, 75)),
                new StiffnessEstimate(0.1),
                new LocalRegularization(2.5, Sampling.UNBIASED),
                new Steer(0.5))
            .getLayerWiseConfigurations();
    assertThat(MultiLayerConfiguration.fromJson(golden).getConf(1).getLayer())
        .isEqualTo(configuration.getConf(1).getLayer());
    assertThat(configuration.toJson()).isEqualToIgnoringNewLines(golden);
  }

  @Test
  void countsWhatRegularisersKeepInTheMemoryReport() {
    InputType vector = InputType.feedForward(4);
    // a step counts once, as nobody knows how many there will be
    assertThat(trainingMemory(vector, new ErrorEstimate(1), new StiffnessEstimate(1)))
        .isEqualTo(trainingMemory(vector) + 2 * 4);
    assertThat(trainingMemory(vector, new LocalRegularization(1, Sampling.BIASED)))
        .isEqualTo(trainingMemory(vector) + 4);
    assertThat(trainingMemory(vector, new JacobianFrobenius(1)))
        .isEqualTo(trainingMemory(vector) + 4);
    // five slopes more than the state carries
    assertThat(trainingMemory(vector, new KineticEnergy(1)))
        .isEqualTo(trainingMemory(vector) + 5 * 4);
  }

  private static long trainingMemory(InputType type, Regularizer... regularizers) {
    MultiLayerNetwork network = network(regularizers);
    OdeBlock block = (OdeBlock) network.getLayer(1).conf().getLayer();
    LayerMemoryReport report = block.getMemoryReport(type);
    return report.getWorkingMemoryVariableTrain().get(CacheMode.NONE);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(
            new ReverseTime(),
            new Tsitouras(),
            ADAPTIVE,
            List.of(new ErrorEstimate(1)),
            "ErrorEstimate is differentiated through the steps of the solve, and"
                + " ReverseTime(SEMINORM) differentiates other ones"),
        Arguments.of(
            new Interpolated(),
            new Tsitouras(),
            ADAPTIVE,
            List.of(new StiffnessEstimate(1)),
            "Interpolated differentiates other ones; use AnodeCheckpoint"),
        Arguments.of(
            new Interpolated(),
            new Tsitouras(),
            ADAPTIVE,
            List.of(new LocalRegularization(1, Sampling.BIASED)),
            "Interpolated differentiates other ones; use AnodeCheckpoint"),
        Arguments.of(
            new FullStorage(),
            new Tsitouras(),
            new FixedSteps(2),
            List.of(new ErrorEstimate(1)),
            "FixedSteps(2) has none; use AdaptiveSteps"),
        Arguments.of(
            new FullStorage(),
            new Euler(),
            new FixedSteps(2),
            List.of(new ErrorEstimate(1)),
            "Euler has none; use Tsitouras"),
        Arguments.of(
            new FullStorage(),
            new BogackiShampine(),
            ADAPTIVE,
            List.of(new StiffnessEstimate(1)),
            "which BogackiShampine has not; use Tsitouras or DormandPrince"),
        Arguments.of(
            new FullStorage(),
            new Tsitouras(),
            ADAPTIVE,
            List.of(new ErrorEstimate(1), new ErrorEstimate(2)),
            "two regularisers ErrorEstimate"),
        Arguments.of(
            new FullStorage(),
            new BackwardEuler(),
            new FixedSteps(2),
            List.of(new KineticEnergy(1)),
            "KineticEnergy is integrated by the stages of an explicit Runge-Kutta method"),
        Arguments.of(
            new ReverseTime(),
            new Tsitouras(),
            ADAPTIVE,
            List.of(new TaylorRegularization(1, 3)),
            "TaylorRegularization is differentiated through the steps of the solve"),
        Arguments.of(
            new FullStorage(),
            new Tsitouras(),
            ADAPTIVE,
            List.of(new Steer(1)),
            "use a b below 1.0"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusesWhatDoesNotFit(
      AdjointStrategy strategy,
      StepMethod method,
      StepControl control,
      List<Regularizer> regularizers,
      String sentence) {
    OdeBlock.Builder builder =
        new OdeBlock.Builder()
            .name("ode1")
            .dynamics(new DenseLayer.Builder().nIn(4).nOut(4).build())
            .solver(method)
            .stepControl(control)
            .adjoint(strategy)
            .regularizers(regularizers.toArray(Regularizer[]::new));
    assertThatThrownBy(builder::build)
        .isInstanceOf(OdeSolveException.class)
        .hasMessageContaining("ode1")
        .hasMessageContaining(sentence);
  }

  @Test
  void refusesARandomEndWithOutputTimes() {
    OdeBlock.Builder builder =
        new OdeBlock.Builder()
            .dynamics(new DenseLayer.Builder().nIn(4).nOut(4).build())
            .solver(new Tsitouras())
            .stepControl(ADAPTIVE)
            .outputTimes(0.5, 1)
            .regularizers(new Steer(0.25));
    assertThatThrownBy(builder::build)
        .isInstanceOf(OdeSolveException.class)
        .hasMessageContaining("Steer draws the end time, which outputTimes(...) fix");
  }

  private static OdeBlockLayer layer(MultiLayerNetwork network) {
    return (OdeBlockLayer) network.getLayer(1);
  }

  private static MultiLayerNetwork network(Regularizer... regularizers) {
    return Networks.network(
        DENSE, block(new AnodeCheckpoint(), ADAPTIVE, regularizers), WorkspaceMode.ENABLED);
  }

  private static OdeBlock block(
      AdjointStrategy strategy, StepControl control, Regularizer... regularizers) {
    return new OdeBlock.Builder()
        .dynamics(Networks.DYNAMICS.get(DENSE).get())
        .solver(new Tsitouras())
        .stepControl(control)
        .adjoint(strategy)
        .regularizers(regularizers)
        .build();
  }
}
