/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.adjoint.OnlineCheckpoint;
import org.anodespark.odelayers.adjoint.Reversible;
import org.anodespark.odelayers.adjoint.Revolve;
import org.anodespark.odelayers.adjoint.StepCheckpoint;
import org.anodespark.odelayers.dynamics.TimeAsChannelOfEveryLayer;
import org.anodespark.odelayers.evolution.BoundedEvolution;
import org.anodespark.odelayers.evolution.GaussianConvolution;
import org.anodespark.odelayers.evolution.ReactionDiffusionAdvection;
import org.anodespark.odelayers.kernel.Precision;
import org.anodespark.odelayers.layer.ChannelsLastConvolution;
import org.anodespark.odelayers.layer.EvolutionTiming;
import org.anodespark.odelayers.layer.EvolvingConvolution;
import org.anodespark.odelayers.layer.WeightEvolution;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.control.AdaptiveSteps;
import org.anodespark.odelayers.solver.reversible.AsynchronousLeapfrog;
import org.anodespark.odelayers.solver.rungekutta.ClassicRungeKutta;
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.anodespark.odelayers.solver.rungekutta.Tsitouras;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;

/** Blocks whose weights evolve with time. */
class OdeBlockEvolutionTest {
  private static final String IMAGES = "buffered convolution";
  private static final double STEP = 1e-5;

  private static final List<WeightEvolution> EVOLUTIONS =
      List.of(
          new ReactionDiffusionAdvection(),
          new GaussianConvolution(),
          new BoundedEvolution(new Euler(), 5));

  static Stream<Arguments> strategies() {
    List<Arguments> pairs =
        List.of(
            Arguments.of(new ClassicRungeKutta(), new FullStorage()),
            Arguments.of(new ClassicRungeKutta(), new AnodeCheckpoint()),
            Arguments.of(new Euler(), new AnodeCheckpoint(new Revolve(2))),
            Arguments.of(new ClassicRungeKutta(), new StepCheckpoint()),
            Arguments.of(new Euler(), new Revolve(1)),
            Arguments.of(new Euler(), new OnlineCheckpoint(2)),
            Arguments.of(new AsynchronousLeapfrog(), new Reversible()));
    return Arrays.stream(EvolutionTiming.values())
        .flatMap(
            timing ->
                EVOLUTIONS.stream()
                    .flatMap(
                        evolution ->
                            pairs.stream()
                                .map(
                                    pair ->
                                        Arguments.of(
                                            evolution, timing, pair.get()[0], pair.get()[1]))));
  }

  @ParameterizedTest(name = "{0} {1}, {2}, {3}")
  @MethodSource("strategies")
  void hasTheGradientOfItsLossWithEveryExactStrategy(
      WeightEvolution evolution,
      EvolutionTiming timing,
      StepMethod method,
      AdjointStrategy strategy) {
    assertGradient(
        network(
            new OdeBlock.Builder()
                .dynamics(
                    convolution(3, 3, Activation.TANH), convolution(3, 2, Activation.IDENTITY))
                .evolution(evolution, timing)
                .solver(method)
                .steps(3)
                .adjoint(strategy)
                .build()));
  }

  static Stream<Arguments> windows() {
    return Stream.of(1, 2, 3, 5)
        .flatMap(
            window ->
                EVOLUTIONS.stream()
                    .flatMap(
                        evolution ->
                            Stream.of(EvolutionTiming.values())
                                .map(timing -> Arguments.of(window, evolution, timing))));
  }

  @ParameterizedTest(name = "{0} x {0}, {1}, {2}")
  @MethodSource("windows")
  void hasTheGradientOfItsLossWithEveryWindow(
      int window, WeightEvolution evolution, EvolutionTiming timing) {
    assertGradient(
        network(
            new OdeBlock.Builder()
                .dynamics(convolution(window, 2, Activation.TANH))
                .evolution(evolution, timing)
                .solver(new Euler())
                .steps(2)
                .build()));
  }

  @Test
  void evolvesAlongAdaptiveSteps() {
    MultiLayerNetwork network =
        network(
            new OdeBlock.Builder()
                .dynamics(convolution(3, 2, Activation.TANH))
                .evolution(new ReactionDiffusionAdvection(), EvolutionTiming.ALONGSIDE)
                .solver(new Tsitouras())
                .stepControl(new AdaptiveSteps(1e-9, 1e-9))
                .build());
    // so fine that where the steps end does not matter
    assertGradient(network, 1e-6);
  }

  @ParameterizedTest
  @EnumSource
  void isThePlainBlockToTheLastBitWithoutCoefficients(EvolutionTiming timing) {
    for (WeightEvolution evolution : EVOLUTIONS) {
      OdeBlock.Builder plain =
          new OdeBlock.Builder()
              .dynamics(convolution(3, 2, Activation.TANH))
              .solver(new ClassicRungeKutta())
              .steps(2);
      MultiLayerNetwork expected =
          Networks.network(IMAGES, plain.build(), WorkspaceMode.ENABLED, new Sgd(0.0));
      MultiLayerNetwork actual =
          Networks.network(
              IMAGES,
              plain.evolution(evolution, timing).build(),
              WorkspaceMode.ENABLED,
              new Sgd(0.0));
      copy(expected, actual, 0, 1, 3);
      assertSameBits(actual, expected, 1, Networks.data(IMAGES));
    }
  }

  @ParameterizedTest
  @EnumSource
  void isThePlainBlockToTheLastBitOnTheKernelsOfSinglePrecision(Precision precision) {
    DataSet data = Networks.stateDataInSinglePrecision();
    for (EvolutionTiming timing : EvolutionTiming.values()) {
      OdeBlock.Builder plain =
          new OdeBlock.Builder()
              .dynamics(convolution(3, 2, Activation.RELU))
              .solver(new Euler())
              .steps(3)
              .precision(precision);
      MultiLayerNetwork expected = Networks.inSinglePrecision(plain.build(), new Sgd(0.0));
      MultiLayerNetwork actual =
          Networks.inSinglePrecision(
              plain.evolution(new ReactionDiffusionAdvection(), timing).build(), new Sgd(0.0));
      copy(expected, actual, 0, 2);
      assertSameBits(actual, expected, 0, data);
    }
  }

  /** In an update that changes nothing. */
  private static void assertSameBits(
      MultiLayerNetwork actual, MultiLayerNetwork expected, int block, DataSet data) {
    expected.fit(data);
    actual.fit(data);

    assertThat(Bits.of(actual.output(data.getFeatures())))
        .isEqualTo(Bits.of(expected.output(data.getFeatures())));
    assertThat(actual.score()).isEqualTo(expected.score());
    for (String name : List.of("0.W", "0.b")) {
      assertThat(Bits.of(actual.getLayer(block).gradient().getGradientFor(name)))
          .isEqualTo(Bits.of(expected.getLayer(block).gradient().getGradientFor(name)));
    }
  }

  @Test
  void theSecondConfigurationIsABlockWithTheWeightsAtTheEnd() {
    MultiLayerNetwork evolving =
        network(
            new OdeBlock.Builder()
                .dynamics(convolution(3, 2, Activation.TANH))
                .evolution(new ReactionDiffusionAdvection(), EvolutionTiming.BEFORE)
                .solver(new Euler())
                .steps(2)
                .build());
    MultiLayerNetwork plain =
        network(
            new OdeBlock.Builder()
                .dynamics(convolution(3, 2, Activation.TANH))
                .solver(new Euler())
                .steps(2)
                .build());
    copy(evolving, plain, 0, 3);
    plain.getLayer(1).setParam("0.b", evolving.getLayer(1).getParam("0.b"));
    INDArray weights = evolving.getLayer(1).getParam("0.W");
    INDArray atTheEnd = weights.ulike();
    new ReactionDiffusionAdvection().path(weights, coefficients(evolving)).at(1, atTheEnd);
    plain.getLayer(1).setParam("0.W", atTheEnd);

    INDArray images = Networks.data(IMAGES).getFeatures();
    assertThat(Bits.of(evolving.output(images))).isEqualTo(Bits.of(plain.output(images)));
  }

  private static void copy(MultiLayerNetwork from, MultiLayerNetwork to, int... layers) {
    for (int layer : layers) {
      from.getLayer(layer)
          .paramTable()
          .forEach((name, value) -> to.getLayer(layer).setParam(name, value));
    }
  }

  private static INDArray coefficients(MultiLayerNetwork network) {
    Layer block = network.getLayer(1);
    return Nd4j.vstack(
        new ReactionDiffusionAdvection()
            .coefficients().stream()
                .map(each -> block.getParam("0." + each.name()))
                .toArray(INDArray[]::new));
  }

  @Test
  void keepsOneTrajectoryOfTheWeightsBesideWhatTheStrategyKeeps() {
    long weights = 8L * 3 * 3 * 2 * 2;
    for (int steps : new int[] {2, 5}) {
      OdeBlock.Builder plain =
          new OdeBlock.Builder()
              .dynamics(convolution(3, 2, Activation.TANH))
              .solver(new Euler())
              .steps(steps)
              .adjoint(new AnodeCheckpoint());
      MultiLayerNetwork without = network(plain.build());
      MultiLayerNetwork with =
          network(
              plain.evolution(new ReactionDiffusionAdvection(), EvolutionTiming.ALONGSIDE).build());
      long bytesWithout = poolBytes(without);
      long bytesWith = poolBytes(with);
      assertThat(peakSavedBytes(with)).isEqualTo(peakSavedBytes(without));
      // the weights at each step's beginning, and the gradient by them
      assertThat(bytesWith - bytesWithout).isEqualTo((steps + 1) * weights);
    }
  }

  /** What an update takes from the pool. */
  private static long poolBytes(MultiLayerNetwork network) {
    ArrayPool.freeOfCurrentThread();
    network.fit(Networks.data(IMAGES));
    return ArrayPool.bytesOfCurrentThread();
  }

  private static long peakSavedBytes(MultiLayerNetwork network) {
    return ((OdeBlockLayer) network.getLayer(1)).statistics().peakSavedBytes();
  }

  @Test
  void learnsFourNumbersMoreForEachChannel() {
    OdeBlock.Builder builder =
        new OdeBlock.Builder()
            .dynamics(convolution(3, 3, Activation.TANH), convolution(3, 2, Activation.IDENTITY))
            .solver(new Euler())
            .steps(1);
    long plain = network(builder.build()).getLayer(1).numParams();
    long evolving =
        network(
                builder
                    .evolution(new ReactionDiffusionAdvection(), EvolutionTiming.ALONGSIDE)
                    .build())
            .getLayer(1)
            .numParams();
    assertThat(evolving - plain).isEqualTo(4 * (3 + 2));
  }

  @Test
  void diffusionStaysAtLeastZeroInTraining() {
    MultiLayerNetwork network =
        Networks.network(
            IMAGES,
            new OdeBlock.Builder()
                .dynamics(convolution(3, 2, Activation.TANH))
                .evolution(new ReactionDiffusionAdvection(), EvolutionTiming.ALONGSIDE)
                .solver(new Euler())
                .steps(2)
                .build(),
            WorkspaceMode.ENABLED,
            new Sgd(1.0));
    boolean stopped = false;
    boolean moved = false;
    for (int i = 0; i < 20; i++) {
      network.fit(Networks.data(IMAGES));
      INDArray diffusion = network.getLayer(1).getParam("0.diffusion");
      assertThat(diffusion.minNumber().doubleValue()).isNotNegative();
      // of an update along a gradient that is not zero, only the constraint leaves exactly 0
      stopped |= diffusion.minNumber().doubleValue() == 0;
      moved |= diffusion.maxNumber().doubleValue() > 0;
    }
    assertThat(stopped).isTrue();
    assertThat(moved).isTrue();
  }

  @Test
  void survivesJson() throws IOException {
    OdeBlock block =
        new OdeBlock.Builder()
            .dynamics(convolution(3, 2, Activation.TANH))
            .evolution(new BoundedEvolution(new ClassicRungeKutta(), 5), EvolutionTiming.BEFORE)
            .solver(new Euler())
            .steps(1)
            .build();
    OdeBlock read = (OdeBlock) RoundTrip.json(block, org.deeplearning4j.nn.conf.layers.Layer.class);
    assertThat(read).isEqualTo(block);
    EvolvingConvolution layer = (EvolvingConvolution) read.getDynamics().get(0);
    assertThat(layer.getTiming()).isEqualTo(EvolutionTiming.BEFORE);
    assertThat(layer.getEvolution()).isEqualTo(new BoundedEvolution(new ClassicRungeKutta(), 5));
  }

  @Test
  void refusesDynamicsWithoutConvolutions() {
    assertThatThrownBy(
            () ->
                new OdeBlock.Builder()
                    .dynamics(new DenseLayer.Builder().nIn(2).nOut(2).build())
                    .evolution(new GaussianConvolution(), EvolutionTiming.ALONGSIDE)
                    .solver(new Euler())
                    .steps(1)
                    .build())
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("whose weights could evolve by GaussianConvolution");
  }

  @Test
  void refusesToTakeTheTimeTwice() {
    assertThatThrownBy(
            () ->
                network(
                    new OdeBlock.Builder()
                        .dynamics(convolution(3, 2, Activation.TANH))
                        .evolution(new GaussianConvolution(), EvolutionTiming.ALONGSIDE)
                        .timeInput(new TimeAsChannelOfEveryLayer())
                        .solver(new Euler())
                        .steps(1)
                        .build()))
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("evolves with time already");
  }

  @Test
  void refusesGroups() {
    ChannelsLastConvolution grouped =
        new ChannelsLastConvolution.Builder(3, 3).nIn(2).nOut(2).groups(2).build();
    assertThatThrownBy(
            () ->
                EvolvingConvolution.of(
                    grouped, new GaussianConvolution(), EvolutionTiming.ALONGSIDE))
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("has 2 groups");
  }

  private static ChannelsLastConvolution convolution(int window, int out, Activation activation) {
    return new ChannelsLastConvolution.Builder(window, window)
        .nOut(out)
        .activation(activation)
        .build();
  }

  /** With coefficients that are not zero. */
  private static MultiLayerNetwork network(OdeBlock block) {
    MultiLayerNetwork network = Networks.network(IMAGES, block, WorkspaceMode.ENABLED, new NoOp());
    Nd4j.getRandom().setSeed(4);
    network
        .getLayer(1)
        .paramTable()
        .forEach(
            (name, value) -> {
              if (!name.endsWith(".W") && !name.endsWith(".b")) {
                value.assign(Nd4j.rand(DataType.DOUBLE, value.shape()));
              }
            });
    return network;
  }

  private static void assertGradient(MultiLayerNetwork network) {
    assertGradient(network, 1e-7);
  }

  private static void assertGradient(MultiLayerNetwork network, double tolerance) {
    DataSet data = Networks.data(IMAGES);
    network.setInput(data.getFeatures());
    network.setLabels(data.getLabels());
    network.computeGradientAndScore();
    INDArray gradient = network.getFlattenedGradients().dup().divi(Networks.EXAMPLES);
    INDArray parameters = network.params().dup();
    for (long seed = 1; seed <= 3; seed++) {
      Nd4j.getRandom().setSeed(seed);
      INDArray direction = Nd4j.randn(DataType.DOUBLE, parameters.shape());
      double expected =
          (scoreAt(network, data, parameters.add(direction.mul(STEP)))
                  - scoreAt(network, data, parameters.sub(direction.mul(STEP))))
              / (2 * STEP);
      double actual = gradient.mul(direction).sumNumber().doubleValue();
      double scale = gradient.norm2Number().doubleValue() * direction.norm2Number().doubleValue();
      assertThat(actual).isCloseTo(expected, within(tolerance * scale));
    }
    network.setParams(parameters);
  }

  private static double scoreAt(MultiLayerNetwork network, DataSet data, INDArray parameters) {
    network.setParams(parameters);
    return network.score(data, true);
  }
}
