/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anodespark.jobs.cli.SubmitScript.Outcome;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the profile {@code cuda} builds, and what it does on a machine without a GPU. */
@Tag("cuda")
@Timeout(600)
class CudaBuildIT {
  private static final long MEBIBYTE = 1L << 20;
  private static final Path NVIDIA_DRIVER = Path.of("/proc/driver/nvidia");

  @TempDir private Path folder;

  @Test
  void theJarHoldsNoNativeLibraryAndIsSmall() throws Exception {
    assertThat(ThinBuild.nativeLibraries(ThinBuild.JAR)).isEmpty();
    assertThat(Files.size(ThinBuild.JAR)).isLessThan(64 * MEBIBYTE);
  }

  @Test
  void theFolderHoldsTheBackendForGpusAndNothingForProcessors() throws Exception {
    assertThat(ThinBuild.nativeJars())
        .containsExactly(
            "cuda-linux-x86_64.jar",
            "javacpp-linux-x86_64.jar",
            "jna.jar",
            "nd4j-cuda-11.6-linux-x86_64-cudnn.jar",
            "nd4j-cuda-11.6-preset-linux-x86_64.jar");
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "doctor", "evaluate", "predict", "export"})
  void withoutADriverEachJobThatComputesEndsWithASentence(String job) throws Exception {
    assumeFalse(Files.exists(NVIDIA_DRIVER), "this machine has a driver for GPUs");
    Outcome outcome = submit(job, "--set", "spark.native-jars=" + ThinBuild.NATIVE_JARS);
    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.errors())
        .startsWith("anode-spark: ND4J's JCublasBackend finds no GPU that it can use (")
        .contains("libcuda.so.1", "docs/gpu.md")
        .hasLineCount(1);
  }

  @Test
  void withoutTheNativeJarsTheJobEndsWithASentence() throws Exception {
    Outcome outcome = submit("doctor");
    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.errors())
        .startsWith("anode-spark: ND4J's JCublasBackend lacks its native libraries (")
        .hasLineCount(1);
  }

  @Test
  void shardsAreMadeWithoutAGpu() throws Exception {
    Outcome outcome =
        submit(
            "prepare",
            "--set",
            "data.path=shards",
            "--set",
            "data.builtin.train=40",
            "--set",
            "data.builtin.test=20");
    assertThat(outcome.status()).as(outcome.errors()).isZero();
    assertThat(folder.resolve("shards/manifest.json")).isRegularFile();
  }

  private Outcome submit(String job, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(job, "--set", "run.dir=run"));
    all.addAll(List.of(arguments));
    return SubmitScript.ofTheBuild(folder)
        .with("ANODE_SPARK_JAR", ThinBuild.JAR)
        .run(all.toArray(String[]::new));
  }
}
