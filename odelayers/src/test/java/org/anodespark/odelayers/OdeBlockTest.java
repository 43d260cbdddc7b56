/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.adjoint.Interpolated;
import org.anodespark.odelayers.adjoint.OnlineCheckpoint;
import org.anodespark.odelayers.adjoint.ParameterIntegral;
import org.anodespark.odelayers.adjoint.ReverseTime;
import org.anodespark.odelayers.adjoint.Reversible;
import org.anodespark.odelayers.adjoint.Revolve;
import org.anodespark.odelayers.adjoint.StepCheckpoint;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.layer.ChannelsLastConvolution;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.solver.implicit.CrankNicolson;
import org.anodespark.odelayers.solver.reversible.AsynchronousLeapfrog;
import org.anodespark.odelayers.solver.reversible.ReversibleHeun;
import org.anodespark.odelayers.solver.rungekutta.CustomRungeKutta;
import org.anodespark.odelayers.solver.rungekutta.DormandPrince;
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.anodespark.odelayers.solver.rungekutta.ExplicitMidpoint;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.NoOp;

class OdeBlockTest {
  private static final String IMAGES = "convolution with batch norm";

  /** Every method with every strategy that works with it. */
  static Stream<Arguments> settings() {
    return Stream.of(
            new Euler(),
            new ExplicitMidpoint(),
            new CustomRungeKutta(2, new double[][] {{}, {1}}, new double[] {0.5, 0.5}),
            new DormandPrince(),
            new AsynchronousLeapfrog(),
            new ReversibleHeun(),
            new CrankNicolson())
        .flatMap(
            method ->
                Stream.of(
                        new FullStorage(),
                        new AnodeCheckpoint(),
                        new AnodeCheckpoint(new Revolve(3)),
                        new StepCheckpoint(),
                        new OnlineCheckpoint(2),
                        new Reversible(),
                        new ReverseTime(null, ParameterIntegral.FULL_NORM),
                        new Interpolated())
                    .filter(strategy -> fits(method, strategy))
                    .map(strategy -> Arguments.of(method, strategy)));
  }

  private static boolean fits(StepMethod method, AdjointStrategy strategy) {
    try {
      strategy.check(method, new FixedSteps(3));
      return true;
    } catch (OdeSolveException e) {
      return false;
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  void survivesJson(StepMethod method, AdjointStrategy strategy) {
    MultiLayerConfiguration configuration = configuration(method, strategy);
    MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(configuration.toJson());
    assertThat(read.getConf(1).getLayer()).isEqualTo(configuration.getConf(1).getLayer());
    assertThat(read.toJson()).isEqualTo(configuration.toJson());
  }

  @ParameterizedTest
  @MethodSource("settings")
  void survivesJavaSerialisation(StepMethod method, AdjointStrategy strategy)
      throws IOException, ClassNotFoundException {
    OdeBlock block = (OdeBlock) configuration(method, strategy).getConf(1).getLayer();
    assertThat(RoundTrip.javaSerialisation(block)).isEqualTo(block);
  }

  @Test
  void readsTheFormatOfItsFirstRelease() throws IOException {
    String golden;
    try (var in = OdeBlockTest.class.getResourceAsStream("ode-block-0.1.json")) {
      golden = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    MultiLayerConfiguration configuration =
        configuration(new ExplicitMidpoint(), new FullStorage());
    assertThat(MultiLayerConfiguration.fromJson(golden).getConf(1).getLayer())
        .isEqualTo(configuration.getConf(1).getLayer());
    assertThat(configuration.toJson()).isEqualToIgnoringNewLines(golden);
  }

  @ParameterizedTest
  @MethodSource("settings")
  void predictsTheSameAfterSavingAndLoading(
      StepMethod method, AdjointStrategy strategy, @TempDir Path folder) throws IOException {
    MultiLayerNetwork network =
        Networks.network(
            IMAGES, block(method, strategy), WorkspaceMode.ENABLED, new Nesterovs(0.01, 0.9));
    network.fit(Networks.data(IMAGES));
    network.save(folder.resolve("model.zip").toFile(), true);
    MultiLayerNetwork loaded = MultiLayerNetwork.load(folder.resolve("model.zip").toFile(), true);
    var x = Networks.data(IMAGES).getFeatures();
    assertThat(Bits.of(loaded.output(x))).isEqualTo(Bits.of(network.output(x)));
    network.fit(Networks.data(IMAGES));
    loaded.fit(Networks.data(IMAGES));
    assertThat(Bits.of(loaded.params())).isEqualTo(Bits.of(network.params()));
  }

  @Test
  void clonesItsLayersToo() {
    OdeBlock block = block(new Euler(), new FullStorage());
    OdeBlock copy = block.clone();
    assertThat(copy).isEqualTo(block);
    ((ChannelsLastConvolution) copy.getDynamics().get(0)).setNOut(99);
    assertThat(((ChannelsLastConvolution) block.getDynamics().get(0)).getNOut()).isEqualTo(2);
  }

  @Test
  void handsTheSettingsOfTheNetworkToItsLayers() {
    OdeBlock block =
        new OdeBlock.Builder()
            .dynamics(new DenseLayer.Builder().nIn(4).nOut(4).build())
            .solver(new Euler())
            .steps(1)
            .build();
    Networks.base(new Nesterovs(0.25, 0.5), WorkspaceMode.NONE)
        .l2(0.125)
        .activation(org.nd4j.linalg.activations.Activation.CUBE)
        .list()
        .layer(block)
        .build();
    DenseLayer child = (DenseLayer) block.getDynamics().get(0);
    assertThat(child.getIUpdater()).isEqualTo(new Nesterovs(0.25, 0.5));
    assertThat(child.getActivationFn())
        .isInstanceOf(org.nd4j.linalg.activations.impl.ActivationCube.class);
    assertThat(block.getRegularizationByParam("0.W")).hasSize(1);
    assertThat(block.getUpdaterByParam("0.b")).isEqualTo(new Nesterovs(0.25, 0.5));
  }

  @Test
  void leavesRunningStatisticsToNoUpdater() {
    MultiLayerNetwork network =
        Networks.network(IMAGES, block(new Euler(), new FullStorage()), WorkspaceMode.NONE);
    assertThat(network.getLayer(1).getConfig().getUpdaterByParam("1.mean")).isEqualTo(new NoOp());
    assertThat(network.getLayer(1).updaterDivideByMinibatch("1.mean")).isFalse();
    assertThat(network.getLayer(1).updaterDivideByMinibatch("1.gamma")).isTrue();
  }

  @Test
  void estimatesParametersUpdaterStateAndWhatTheStrategyKeeps() {
    OdeBlock block =
        (OdeBlock) configuration(new ExplicitMidpoint(), new FullStorage()).getConf(1).getLayer();
    LayerMemoryReport report =
        block.getMemoryReport(InputType.convolutional(4, 4, 2, CNN2DFormat.NHWC));
    long state = 4 * 4 * 2;
    long evaluation = 4 * state;
    assertThat(report.getParameterSize()).isEqualTo(36 + 8 + 12 + 8);
    assertThat(report.getUpdaterStateSize()).isEqualTo(36 + 4 + 12 + 4);
    assertThat(report.getWorkingMemoryVariableTrain().get(CacheMode.NONE))
        .isEqualTo(3 * 2 * state + 3 * 2 * evaluation);
  }

  @Test
  void refusesDynamicsThatChangeTheShape() {
    assertThatThrownBy(
            () ->
                Networks.network(
                    IMAGES,
                    new OdeBlock.Builder()
                        .name("ode1")
                        .dynamics(new ChannelsLastConvolution.Builder(3, 3).nOut(7).build())
                        .solver(new Euler())
                        .steps(1)
                        .build(),
                    WorkspaceMode.NONE))
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("OdeBlock \"ode1\"")
        .hasMessageContaining("ChannelsLastConvolution")
        .hasMessageContaining("must give back the shape of their input");
  }

  @Test
  void refusesDynamicsOfAnotherKindOfInput() {
    OdeBlock block = dense();
    assertThatThrownBy(
            () -> block.getOutputType(0, InputType.convolutional(4, 4, 2, CNN2DFormat.NHWC)))
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("DenseLayer in its dynamics does not take");
  }

  @Test
  void refusesDropoutInTheDynamics() {
    assertThatThrownBy(
            () ->
                new OdeBlock.Builder()
                    .dynamics(new DenseLayer.Builder().nIn(4).nOut(4).dropOut(0.5).build())
                    .solver(new Euler())
                    .steps(1)
                    .build())
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("dropout or weight noise");
  }

  @Test
  void refusesRecurrentDynamics() {
    assertThatThrownBy(
            () ->
                new OdeBlock.Builder()
                    .dynamics(new LSTM.Builder().nIn(4).nOut(4).build())
                    .solver(new Euler())
                    .steps(1)
                    .build())
        .hasMessageContaining("LSTM cannot be part of the dynamics");
  }

  @Test
  void refusesABlockWithoutDynamics() {
    assertThatThrownBy(() -> new OdeBlock.Builder().solver(new Euler()).steps(1).build())
        .hasMessageContaining("it has no dynamics");
  }

  @Test
  void refusesABlockWithoutSteps() {
    assertThatThrownBy(
            () ->
                new OdeBlock.Builder()
                    .dynamics(new DenseLayer.Builder().nIn(4).nOut(4).build())
                    .solver(new Euler())
                    .build())
        .hasMessageContaining("it has no steps; give steps(...)");
  }

  @Test
  void refusesABlockWithoutSolver() {
    assertThatThrownBy(
            () ->
                new OdeBlock.Builder()
                    .dynamics(new DenseLayer.Builder().nIn(4).nOut(4).build())
                    .steps(1)
                    .build())
        .hasMessageContaining("solver(...) and adjoint(...) must be given");
  }

  private static OdeBlock dense() {
    return new OdeBlock.Builder()
        .dynamics(new DenseLayer.Builder().nIn(4).nOut(4).build())
        .solver(new Euler())
        .steps(1)
        .build();
  }

  private static MultiLayerConfiguration configuration(
      StepMethod method, AdjointStrategy strategy) {
    return Networks.network(
            IMAGES, block(method, strategy), WorkspaceMode.ENABLED, new Nesterovs(0.01, 0.9))
        .getLayerWiseConfigurations();
  }

  private static OdeBlock block(StepMethod method, AdjointStrategy strategy) {
    return new OdeBlock.Builder()
        .dynamics(Networks.DYNAMICS.get(IMAGES).get())
        .interval(0.25, 1.5)
        .solver(method)
        .steps(3)
        .adjoint(strategy)
        .build();
  }
}
