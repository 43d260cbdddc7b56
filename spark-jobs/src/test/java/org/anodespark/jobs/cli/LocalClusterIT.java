/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.anodespark.jobs.cli.SubmitScript.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code submit.sh} with the assembled Spark and the packaged jar, on two real executor processes.
 * Only the job is a test's: {@link ProbeDriver} comes in a jar of its own.
 */
class LocalClusterIT {
  @TempDir private Path folder;

  private SubmitScript submit;
  private List<String> sparkSubmitArguments;

  @BeforeEach
  void packProbe() throws IOException {
    Path jar = folder.resolve("probe.jar");
    String probe = ProbeDriver.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream entries = new JarOutputStream(Files.newOutputStream(jar));
        var probeClass = ProbeDriver.class.getResourceAsStream("/" + probe)) {
      entries.putNextEntry(new JarEntry(probe));
      probeClass.transferTo(entries);
    }
    // Named, so that the script builds nothing in the middle of a build.
    Path spark = SubmitScript.HOME.resolve("spark-runtime/target/spark");
    submit =
        new SubmitScript(SubmitScript.HOME.resolve("submit.sh"), folder).with("SPARK_HOME", spark);
    sparkSubmitArguments =
        List.of(
            // Spark warns if another application of this machine has the port of its interface
            "--set",
            "spark.conf.spark.ui.port=0",
            "--",
            "--class",
            ProbeDriver.class.getName(),
            "--jars",
            jar.toString());
  }

  @Test
  void bothExecutorsWorkAndTheConsoleShowsNothingElse() throws Exception {
    Outcome outcome = submit("train");
    assertThat(outcome.status()).isZero();
    assertThat(outcome.errors()).isEmpty();
    assertThat(outcome.output().lines())
        .hasSize(2)
        .anyMatch(line -> line.startsWith("executor 0 with 1 thread(s) sums to "))
        .anyMatch(line -> line.startsWith("executor 1 with 1 thread(s) sums to "));
  }

  @Test
  void theExitCodeOfAFailureComesThroughSpark() throws Exception {
    Outcome outcome = submit("train", "--set", "seed=4");
    assertThat(outcome.status()).isEqualTo(4);
    assertThat(outcome.errors()).isEqualTo("anode-spark: As the seed said.\n");
  }

  private Outcome submit(String... arguments) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(sparkSubmitArguments);
    return submit.run(all.toArray(String[]::new));
  }
}
