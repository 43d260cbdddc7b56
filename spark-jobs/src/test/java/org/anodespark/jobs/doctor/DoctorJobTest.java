/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.anodespark.jobs.config.Settings;
import org.anodespark.jobs.config.SparkSettings;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.network.OdeNetworkFactory;
import org.anodespark.jobs.testing.LocalSpark;
import org.anodespark.jobs.testing.TestContexts;
import org.anodespark.jobs.testing.TestSettings;
import org.anodespark.jobs.train.NetworkFactory;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;

/** In one process; {@code StandaloneClusterIT} has real executors. */
class DoctorJobTest {
  private static final int MORE_THAN_ANY_MACHINE = 16 * 1024 * 1024;

  private static JavaSparkContext spark;

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @BeforeAll
  static void startSpark() {
    spark = LocalSpark.start("local[2]");
  }

  @AfterAll
  static void stopSpark() {
    spark.close();
  }

  @Test
  void aMachineThatCanTrainIsSoundInEveryLine() {
    examine(TestSettings.in(folder.resolve("run").toString()));
    assertThat(lines())
        .allMatch(line -> line.startsWith("ok    "))
        .anyMatch(line -> line.contains("java         driver: Java "))
        .anyMatch(line -> line.contains("layers travel by JSON"))
        .anyMatch(line -> line.contains("layers travel by KryoSerializerInstance"))
        .anyMatch(line -> line.contains("1 of 1 executors answer"))
        .anyMatch(line -> line.contains("CpuBackend") && line.contains(", cpu, OMP_NUM_THREADS "))
        .anyMatch(line -> line.contains("arrays come back from executors by "))
        .anyMatch(line -> line.contains("driver and executors see each other's files in "))
        .anyMatch(
            line -> line.contains("memory ") && line.contains("1 processes may take 2560 MiB"));
  }

  @Test
  void theRunDirectoryIsLeftAsItWas() throws IOException {
    examine(TestSettings.in(folder.resolve("new").toString()));
    assertThat(folder).isEmptyDirectory();

    Files.writeString(folder.resolve("mine"), "here");
    examine(TestSettings.in(folder.toString()));
    assertThat(folder).isDirectoryContaining("glob:**mine");
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    failed(TestSettings.in(file.toString()), new OdeNetworkFactory());
    assertThat(lines())
        .anyMatch(
            line ->
                line.startsWith(
                    "FAIL  files        driver cannot write, rename and read in " + file));
  }

  @Test
  void moreMemoryThanTheMachineHasIsAFailure() {
    Settings settings = TestSettings.in(folder.resolve("run").toString());
    failed(
        TestSettings.with(
            settings,
            new SparkSettings(
                "", 1, 1, 512, 512, MORE_THAN_ANY_MACHINE, "auto", "", false, 120, Map.of())),
        new OdeNetworkFactory());
    assertThat(lines().filter(line -> line.startsWith("FAIL")))
        .singleElement()
        .asString()
        .contains("memory ", "set spark.native-mebibytes, a heap or spark.executors lower");
  }

  @Test
  void aLayerThatCannotTravelIsAFailure() {
    failed(
        TestSettings.in(folder.resolve("run").toString()),
        (model, images, optimization, seed) ->
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.feedForward(3))
                .addLayer("stays", new StaysAtHome(), "in")
                .addLayer("out", new OutputLayer.Builder().nIn(3).nOut(2).build(), "stays")
                .setOutputs("out")
                .build());
    assertThat(lines()).anyMatch(line -> line.startsWith("FAIL  layers       by Java: "));
  }

  private void examine(Settings settings) {
    examine(settings, new OdeNetworkFactory());
  }

  private void examine(Settings settings, NetworkFactory networks) {
    new DoctorJob(networks)
        .run(TestContexts.of("doctor", settings, new Configuration(), spark, out));
  }

  private void failed(Settings settings, NetworkFactory networks) {
    assertThatThrownBy(() -> examine(settings, networks))
        .as(() -> out.toString(StandardCharsets.UTF_8))
        .isInstanceOfSatisfying(
            JobFailure.class,
            failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.PREFLIGHT_FAILED))
        .hasMessageMatching(
            "%d of \\d+ checks failed: the lines that begin with FAIL say what to do\\."
                .formatted(lines().filter(line -> line.startsWith("FAIL")).count()));
  }

  private Stream<String> lines() {
    return out.toString(StandardCharsets.UTF_8).lines();
  }

  /** Holds what Java does not serialise. */
  private static final class StaysAtHome extends ActivationLayer {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("unused")
    private final Thread home = Thread.currentThread();

    StaysAtHome() {
      super(Activation.RELU);
    }
  }
}
