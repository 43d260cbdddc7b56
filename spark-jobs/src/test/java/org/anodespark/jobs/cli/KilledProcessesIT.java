/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.anodespark.jobs.cli.SubmitScript.Outcome;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trainings on two executor processes, some of whose processes are killed. */
@Timeout(600)
class KilledProcessesIT {
  private static final int SIGKILL = 128 + 9;
  private static final int SIGTERM = 128 + 15;
  private static final long MILLISECONDS_BETWEEN_LOOKS = 20;

  @TempDir private static Path data;
  private static byte[] undisturbed;

  @TempDir private Path folder;

  @BeforeAll
  static void trainUndisturbed() throws Exception {
    Outcome outcome = submit(data).run(train("undisturbed"));
    assertThat(outcome.status()).as(outcome.errors()).isZero();
    undisturbed = parameters(data.resolve("undisturbed"));
  }

  @Test
  void anExecutorThatIsKilledDoesNotChangeTheResult() throws Exception {
    Process training = submit(folder).start(train("run"));
    awaitCheckpoint(3, training);
    ClusterTraining.executor(training).destroyForcibly();

    assertThat(training.waitFor()).isZero();

    assertThat(parameters(folder.resolve("run"))).isEqualTo(undisturbed);
    assertThat(Files.readString(folder.resolve("run/summary.json")))
        .contains(ClusterTraining.ALL_EXAMPLES);
  }

  @Test
  void aDriverThatIsKilledIsContinuedToTheSameResult() throws Exception {
    Process training = submit(folder).start(train("run"));
    awaitCheckpoint(3, training);
    training.destroyForcibly();
    assertThat(training.waitFor()).isEqualTo(SIGKILL);
    assertThat(folder.resolve("run/model.zip")).doesNotExist();

    Outcome outcome = submit(folder).run(train("run"));

    assertThat(outcome.status()).as(outcome.errors()).isZero();
    assertThat(outcome.errors()).contains("Going on from epoch ");
    assertThat(parameters(folder.resolve("run"))).isEqualTo(undisturbed);
  }

  @Test
  void aDriverThatIsToldToEndWritesACheckpoint() throws Exception {
    Process training = submit(folder).start(train("run", "checkpoint.every-rounds=0"));
    // one at the start and one after the first epoch
    awaitCheckpoint(2, training);
    training.destroy();
    assertThat(training.waitFor()).isEqualTo(SIGTERM);
    assertThat(Files.readString(folder.resolve("stderr"))).contains("Stopped by a signal at ");
    assertThat(Files.readString(folder.resolve("run/summary.json")))
        .contains("\"status\" : \"stopped\"");
    assertThat(folder.resolve("run/checkpoints/checkpoint-000003.zip")).exists();

    Outcome outcome = submit(folder).run(train("run"));

    assertThat(outcome.status()).as(outcome.errors()).isZero();
    assertThat(parameters(folder.resolve("run"))).isEqualTo(undisturbed);
  }

  private static SubmitScript submit(Path scratch) {
    return SubmitScript.ofTheBuild(scratch);
  }

  private static String[] train(String run, String... settings) {
    return ClusterTraining.arguments(run, data.resolve("builtin-data").toString(), settings)
        .toArray(String[]::new);
  }

  private void awaitCheckpoint(int number, Process training) throws InterruptedException {
    Path file = folder.resolve("run/checkpoints/checkpoint-%06d.zip".formatted(number));
    while (!Files.exists(file)) {
      assertThat(training.waitFor(MILLISECONDS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS))
          .as("ended before %s", file)
          .isFalse();
    }
  }

  private static byte[] parameters(Path run) throws IOException {
    return ClusterTraining.parameters(Files.readAllBytes(run.resolve("model.zip")));
  }
}
