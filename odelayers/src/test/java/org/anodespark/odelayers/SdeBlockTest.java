/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.adjoint.ReverseTime;
import org.anodespark.odelayers.adjoint.Revolve;
import org.anodespark.odelayers.adjoint.StepCheckpoint;
import org.anodespark.odelayers.dynamics.TimeAsScale;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.stochastic.StochasticSteps;
import org.anodespark.odelayers.stochastic.rungekutta.EulerMaruyama;
import org.anodespark.odelayers.stochastic.rungekutta.Milstein;
import org.anodespark.odelayers.stochastic.rungekutta.Sosri;
import org.anodespark.odelayers.stochastic.rungekutta.Sosri2;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;

class SdeBlockTest {
  /** Every method, every kind of step control and several strategies. */
  static Stream<SdeBlock> blocks() {
    return Stream.of(
        builder().solver(new EulerMaruyama()).steps(3).build(),
        builder().solver(new Milstein()).steps(2).adjoint(new Revolve(2)).paths(0).build(),
        builder()
            .solver(new Sosri())
            .stepControl(StochasticSteps.adaptive(0.1, 0.2).build())
            .adjoint(new StepCheckpoint())
            .paths(4)
            .predictionSeed(-7)
            .build(),
        builder()
            .solver(new Sosri2())
            .steps(2)
            .interval(0.5, 2)
            .timeInput(new TimeAsScale(1, 0.5))
            .adjoint(new AnodeCheckpoint(new StepCheckpoint()))
            .build());
  }

  static SdeBlock.Builder builder() {
    return new SdeBlock.Builder().drift(drift()).diffusion(diffusion(4));
  }

  static Layer[] drift() {
    return Networks.DYNAMICS.get("dense").get();
  }

  static Layer diffusion(int size) {
    return new DenseLayer.Builder().nOut(size).activation(Activation.SIGMOID).build();
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void survivesJson(SdeBlock block) {
    MultiLayerConfiguration configuration = network(block).getLayerWiseConfigurations();
    MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(configuration.toJson());
    assertThat(read.getConf(1).getLayer()).isEqualTo(configuration.getConf(1).getLayer());
    assertThat(read.toJson()).isEqualTo(configuration.toJson());
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void survivesJavaSerialisation(SdeBlock block) throws IOException, ClassNotFoundException {
    SdeBlock inNetwork =
        (SdeBlock) network(block).getLayerWiseConfigurations().getConf(1).getLayer();
    assertThat(RoundTrip.javaSerialisation(inNetwork)).isEqualTo(inNetwork);
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void predictsTheSameAfterSavingAndLoading(SdeBlock block, @TempDir Path folder)
      throws IOException {
    MultiLayerNetwork network = network(block);
    network.fit(Networks.data("dense"));
    network.save(folder.resolve("model.zip").toFile(), true);
    MultiLayerNetwork loaded = MultiLayerNetwork.load(folder.resolve("model.zip").toFile(), true);
    var x = Networks.data("dense").getFeatures();
    assertThat(Bits.of(loaded.output(x))).isEqualTo(Bits.of(network.output(x)));
    var data = Networks.data("dense");
    Nd4j.getRandom().setSeed(3);
    network.fit(data);
    Nd4j.getRandom().setSeed(3);
    loaded.fit(data);
    assertThat(Bits.of(loaded.params())).isEqualTo(Bits.of(network.params()));
  }

  @Test
  void clonesItsLayersToo() {
    SdeBlock block = builder().solver(new Sosri()).steps(2).build();
    SdeBlock copy = block.clone();
    assertThat(copy).isEqualTo(block);
    ((DenseLayer) copy.getDrift().get(0)).setNOut(99);
    ((DenseLayer) copy.getDiffusion().get(0)).setNOut(99);
    assertThat(((DenseLayer) block.getDrift().get(0)).getNOut()).isEqualTo(5);
    assertThat(((DenseLayer) block.getDiffusion().get(0)).getNOut()).isEqualTo(4);
  }

  @Test
  void handsTheSettingsOfTheNetworkToDriftAndDiffusion() {
    MultiLayerNetwork network =
        Networks.network(
            "dense",
            builder().solver(new Sosri()).steps(2).build(),
            WorkspaceMode.NONE,
            new Adam(0.25));
    SdeBlock block = (SdeBlock) network.getLayer(1).conf().getLayer();
    assertThat(network.getLayer(1).paramTable().keySet())
        .containsExactly("0.W", "0.b", "1.W", "1.b", "2.W", "2.b");
    assertThat(block.getUpdaterByParam("0.W")).isEqualTo(new Adam(0.25));
    assertThat(block.getUpdaterByParam("2.b")).isEqualTo(new Adam(0.25));
  }

  /** 25 + 24 + 20 numbers in the layers, and twice as many in Adam's state. */
  @Test
  void estimatesParametersUpdaterStateAndWhatTheStrategyKeeps() {
    SdeBlock block =
        (SdeBlock)
            Networks.network(
                    "dense",
                    builder()
                        .solver(new EulerMaruyama())
                        .steps(3)
                        .adjoint(new FullStorage())
                        .build(),
                    WorkspaceMode.NONE,
                    new Adam(0.1))
                .getLayer(1)
                .conf()
                .getLayer();
    LayerMemoryReport report = block.getMemoryReport(InputType.feedForward(4));
    assertThat(report.getParameterSize()).isEqualTo(25 + 24 + 20);
    assertThat(report.getUpdaterStateSize()).isEqualTo(2 * (25 + 24 + 20));
    // three states with their noise, six evaluations of at most 5 + 4 activations
    assertThat(report.getWorkingMemoryVariableTrain().get(CacheMode.NONE))
        .isEqualTo(3 * 2 * 4 + 6 * 9);
  }

  @Test
  void refusesADiffusionThatChangesTheShape() {
    assertThatThrownBy(
            () ->
                network(
                    new SdeBlock.Builder()
                        .name("sde1")
                        .drift(drift())
                        .diffusion(diffusion(3))
                        .solver(new Sosri())
                        .steps(2)
                        .build()))
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("SdeBlock \"sde1\"")
        .hasMessageContaining("the diffusion must give back the shape of their input");
  }

  @Test
  void refusesABlockWithoutDiffusion() {
    assertThatThrownBy(
            () -> new SdeBlock.Builder().drift(drift()).solver(new Sosri()).steps(1).build())
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("it has no diffusion");
  }

  @Test
  void refusesToRunBackwardsInTime() {
    assertThatThrownBy(() -> builder().solver(new Sosri()).steps(1).interval(1, 0).build())
        .hasMessageContaining("from t = 1.0 to t = 0.0")
        .hasMessageContaining("does not run forwards");
  }

  @Test
  void refusesANegativeNumberOfPaths() {
    assertThatThrownBy(() -> builder().solver(new Sosri()).steps(1).paths(-1).build())
        .hasMessageContaining("paths = -1");
  }

  @Test
  void refusesSettingsThatDoNotFitEachOther() {
    assertThatThrownBy(
            () ->
                builder()
                    .name("sde1")
                    .solver(new EulerMaruyama())
                    .stepControl(StochasticSteps.adaptive(0.1, 0.1).build())
                    .build())
        .isInstanceOf(OdeSolveException.class)
        .hasMessageContaining("sde1")
        .hasMessageContaining("EulerMaruyama gives none");
    assertThatThrownBy(
            () -> builder().solver(new Sosri()).steps(2).adjoint(new ReverseTime()).build())
        .isInstanceOf(OdeSolveException.class)
        .hasMessageContaining("FullStorage");
  }

  private static MultiLayerNetwork network(SdeBlock block) {
    return Networks.network("dense", block, WorkspaceMode.ENABLED, new Nesterovs(0.01, 0.9));
  }
}
