/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.anodespark.jobs.cli.SubmitScript.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An experiment on two executor processes, one of which is killed, and then the driver. */
@Timeout(600)
class ExperimentIT {
  private static final int SIGTERM = 128 + 15;
  private static final long MILLISECONDS_BETWEEN_LOOKS = 20;

  @TempDir private Path folder;

  @Test
  void survivesAnExecutorAndADriverWithTheBitsOfATraining() throws Exception {
    Process experiment = submit().start(experiment());
    // both train, each in a process of its own
    awaitFile("run/cells/plain-seed-7/metrics.jsonl", experiment);
    awaitFile("run/cells/slow-seed-7/metrics.jsonl", experiment);
    ClusterTraining.executor(experiment).destroyForcibly();
    awaitFirstResult(experiment);
    experiment.destroy();
    assertThat(experiment.waitFor()).isEqualTo(SIGTERM);
    assertThat(Files.readString(folder.resolve("stderr")))
        .contains("Stopped by a signal with ", " of 4 trainings done");

    Outcome continued = submit().run(experiment());

    assertThat(continued.status()).as(continued.errors()).isZero();
    assertThat(continued.output()).contains("4 trainings, of which ", "4/4 done", "slow ");
    assertThat(Files.readAllLines(folder.resolve("run/cells.csv"))).hasSize(5);
    Outcome alone = submit().run(training("alone", "optimizer.learning-rate=0.02", "seed=8"));
    assertThat(alone.status()).as(alone.errors()).isZero();
    assertThat(parameters("run/cells/slow-seed-8")).isEqualTo(parameters("alone"));
  }

  private SubmitScript submit() {
    return SubmitScript.ofTheBuild(folder);
  }

  private String[] experiment() {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                training(
                    "run",
                    "experiment.methods=[{name=plain},"
                        + "{name=slow,settings{optimizer.learning-rate=0.02}}]",
                    "experiment.seeds=[7,8]",
                    "experiment.timings=1",
                    "run.takeover-seconds=2")));
    arguments.set(0, "experiment");
    return arguments.toArray(String[]::new);
  }

  private String[] training(String run, String... settings) {
    return ClusterTraining.arguments(run, folder.resolve("builtin-data").toString(), settings)
        .toArray(String[]::new);
  }

  private void awaitFile(String name, Process experiment) throws InterruptedException {
    await(() -> Files.exists(folder.resolve(name)), name, experiment);
  }

  /** At that time two of the four trainings cannot have begun. */
  private void awaitFirstResult(Process experiment) throws InterruptedException {
    await(
        () ->
            Stream.of("plain-seed-7", "slow-seed-7", "plain-seed-8", "slow-seed-8")
                .anyMatch(
                    cell -> Files.exists(folder.resolve("run/cells/" + cell + "/result.json"))),
        "the first result",
        experiment);
  }

  private static void await(BooleanSupplier condition, String what, Process experiment)
      throws InterruptedException {
    while (!condition.getAsBoolean()) {
      assertThat(experiment.waitFor(MILLISECONDS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS))
          .as("ended before %s", what)
          .isFalse();
    }
  }

  private byte[] parameters(String run) throws IOException {
    return ClusterTraining.parameters(Files.readAllBytes(folder.resolve(run).resolve("model.zip")));
  }
}
