/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.anodespark.jobs.block.AdjointStrategies;
import org.anodespark.jobs.block.StepMethods;
import org.anodespark.jobs.config.OptimizerSettings;
import org.anodespark.jobs.config.SettingSources;
import org.anodespark.jobs.config.Settings;
import org.anodespark.jobs.config.SettingsLoader;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.model.ExampleFormat;
import org.anodespark.jobs.model.ModelDescription;
import org.anodespark.jobs.model.ModelFile;
import org.anodespark.jobs.plan.TrainingPlan;
import org.anodespark.jobs.testing.TestSettings;
import org.anodespark.jobs.train.ImageFacts;
import org.anodespark.jobs.train.Optimizers;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the settings can build can be read from a file: the list of allowed classes has it all. */
class SavedNetworksTest {
  private static final ModelDescription DESCRIPTION =
      new ModelDescription(
          "none",
          "0",
          new ExampleFormat(
              8, 8, 3, List.of(0.5, 0.5, 0.5), List.of(0.2, 0.2, 0.2), List.of("a", "b")));

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"float32", "bf16"})
  void everySolverWithEveryAdjointCanBeSavedAndRead(String precision) throws IOException {
    assumeThatCode(() -> configuration("euler", 1, "anode", precision, TestSettings.OPTIMIZER))
        .doesNotThrowAnyException();
    int networks = 0;
    for (String solver : StepMethods.CHOICES.names()) {
      for (String adjoint : AdjointStrategies.CHOICES.names()) {
        for (int steps = 0; steps <= 1; steps++) {
          ComputationGraphConfiguration configuration;
          try {
            configuration =
                configuration(solver, steps, adjoint, precision, TestSettings.OPTIMIZER);
          } catch (JobFailure theyDoNotWorkTogether) {
            continue;
          }
          assertReadable(configuration);
          networks++;
        }
      }
    }
    assertThat(networks).isGreaterThan(100);
  }

  @ParameterizedTest
  @CsvSource({
    "sgd, constant, 0",
    "sgd, linear, 1",
    "nesterov, cosine, 1",
    "sgd, step, 1",
    "adam, linear, 0",
    "adam, cosine, 1"
  })
  void everyOptimizerCanBeSavedAndRead(String kind, String schedule, int warmUp)
      throws IOException {
    assertReadable(
        configuration(
            "euler",
            1,
            "anode",
            "float32",
            TestSettings.optimizer(kind, 0.05, 0.9, 1e-4, schedule, warmUp)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model.network=dense",
        "model.network=augmented",
        "model.network=resnet-4",
        "model.network=squeezenext",
        "model.network=alexnet",
        "model.normalization=batch",
        "model.normalization=batch-per-step",
        "model.normalization=group",
        "model.block.evolution.kind=gaussian",
        "model.block.evolution.kind=reaction-diffusion-advection",
        "model.block.evolution.kind=bounded",
        "model.block.regularizers.kinetic-energy{coefficient=1,final-factor=0.1}",
        "model.block{solver=tsitouras,steps=0,regularizers.error-estimate{coefficient=1,final-factor=0.1}}"
      })
  void everyNetworkCanBeSavedAndRead(String override) throws IOException {
    Path file = Files.writeString(folder.resolve("my.conf"), override);
    Settings settings =
        SettingsLoader.load(new SettingSources(List.of(file), List.of())).settings();
    assertReadable(
        new OdeNetworkFactory()
            .create(
                settings.model(),
                new ImageFacts(16, 16, 3, 2),
                Optimizers.of(settings.optimizer(), new TrainingPlan(1, 10, 2, 5, 1, 1), 1),
                1));
  }

  private static ComputationGraphConfiguration configuration(
      String solver, int steps, String adjoint, String precision, OptimizerSettings optimizer) {
    return new OdeNetworkFactory()
        .create(
            TestSettings.model(TestSettings.block(solver, steps, adjoint), precision),
            new ImageFacts(8, 8, 3, 2),
            Optimizers.of(optimizer, new TrainingPlan(1, 10, 2, 5, 1, 1), 1),
            1);
  }

  private void assertReadable(ComputationGraphConfiguration configuration) throws IOException {
    ComputationGraph network = new ComputationGraph(configuration);
    network.init();
    Path file = folder.resolve("model.zip");
    try (var out = Files.newOutputStream(file)) {
      ModelFile.write(network, Optional.of(DESCRIPTION), true, out);
    }
    assertThat(
            ModelFile.read("model", file.toString(), List.of(), new Configuration())
                .network()
                .params())
        .isEqualTo(network.params());
  }
}
