/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anodespark.jobs.cli.SubmitScript.Outcome;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar without native libraries, which the profile {@code thin} builds for processors: the way
 * of loading is that of the jar for GPUs.
 */
@Tag("thin")
@Timeout(600)
class ThinJarIT {
  private static final long MEBIBYTE = 1L << 20;

  @TempDir private Path folder;

  @Test
  void theJarHoldsNoNativeLibraryAndIsSmall() throws Exception {
    assertThat(ThinBuild.nativeLibraries(SubmitScript.JAR)).isNotEmpty();
    assertThat(ThinBuild.nativeLibraries(ThinBuild.JAR)).isEmpty();
    assertThat(Files.size(ThinBuild.JAR)).isLessThan(64 * MEBIBYTE);
  }

  @Test
  void theFolderHoldsWhatTheJarLacks() throws Exception {
    assertThat(ThinBuild.nativeJars())
        .containsExactly(
            "dnnl-linux-x86_64.jar",
            "javacpp-linux-x86_64.jar",
            "jna.jar",
            "nd4j-native-linux-x86_64-onednn.jar",
            "nd4j-native-preset-linux-x86_64.jar",
            "openblas-linux-x86_64.jar",
            "opencl-linux-x86_64.jar");
  }

  @Test
  void withItsNativeJarsItTrainsTheSameParametersAsTheCompleteJar() throws Exception {
    byte[] complete = train(SubmitScript.JAR, "complete", "train.epochs=1");
    byte[] thin =
        train(
            ThinBuild.JAR, "thin", "train.epochs=1", "spark.native-jars=" + ThinBuild.NATIVE_JARS);
    assertThat(thin).isEqualTo(complete);
    assertThat(Files.readString(folder.resolve("thin/summary.json")))
        .contains("\"kernels\" : \"oneDNN");
  }

  @Test
  void withoutThemTheJobEndsWithASentence() throws Exception {
    Outcome outcome = submit(ThinBuild.JAR, ClusterTraining.arguments("run", "builtin-data"));
    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.errors())
        .startsWith("anode-spark: ND4J's CpuBackend lacks its native libraries (")
        .contains("spark.native-jars")
        .hasLineCount(1);
  }

  private byte[] train(Path jar, String run, String... settings) throws Exception {
    Outcome outcome = submit(jar, ClusterTraining.arguments(run, "builtin-data", settings));
    assertThat(outcome.status()).as(outcome.errors()).isZero();
    return ClusterTraining.parameters(Files.readAllBytes(folder.resolve(run).resolve("model.zip")));
  }

  private Outcome submit(Path jar, List<String> arguments) throws Exception {
    return SubmitScript.ofTheBuild(folder)
        .with("ANODE_SPARK_JAR", jar)
        .run(new ArrayList<>(arguments).toArray(String[]::new));
  }
}
