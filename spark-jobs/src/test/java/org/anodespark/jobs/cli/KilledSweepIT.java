/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.anodespark.jobs.cli.SubmitScript.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A sweep on two executor processes, whose driver and executors are killed at random moments, in
 * turn; as often as {@code -Danode-spark.kills} says.
 */
@Timeout(3600)
class KilledSweepIT {
  private static final int KILLS = Integer.getInteger("anode-spark.kills", 2);
  private static final int TRIALS = 6;
  private static final int EPOCHS = 3;
  private static final long MILLISECONDS_BETWEEN_LOOKS = 20;
  private static final int MOST_MILLISECONDS_TO_LIVE = 6_000;

  @TempDir private Path folder;
  private final Random random = new Random(3);

  @Test
  void losesNothingAndTrainsNothingTwice() throws Exception {
    int kills = 0;
    Process sweep = start();
    while (kills < KILLS && sweep.isAlive()) {
      awaitTraining(sweep);
      Thread.sleep(random.nextInt(MOST_MILLISECONDS_TO_LIVE));
      if (!sweep.isAlive()) {
        break;
      }
      if (kills % 2 == 0) {
        ClusterTraining.executor(sweep).destroyForcibly();
      } else {
        sweep.descendants().forEach(ProcessHandle::destroyForcibly);
        sweep.destroyForcibly().waitFor();
        sweep = start();
      }
      kills++;
    }
    assertThat(kills).isEqualTo(KILLS);
    sweep.destroy();
    sweep.waitFor();

    Outcome outcome = SubmitScript.ofTheBuild(folder).run(arguments());

    assertThat(outcome.status()).as(outcome.errors()).isZero();
    List<JsonNode> ledger = lines("run/trials.jsonl");
    assertThat(ledger.stream().filter(entry -> event(entry).equals("begun"))).hasSize(TRIALS);
    assertThat(ledger.stream().filter(entry -> event(entry).equals("failed"))).isEmpty();
    List<JsonNode> finished =
        ledger.stream().filter(entry -> event(entry).equals("finished")).toList();
    assertThat(finished)
        .extracting(entry -> entry.get("trial").asText() + " to " + entry.get("epochs"))
        .doesNotHaveDuplicates();
    // each trial to epoch 1, and at least two to epoch 3
    assertThat(finished).hasSizeBetween(TRIALS + 2, 2 * TRIALS);
    for (int trial = 0; trial < TRIALS; trial++) {
      int epochs = reached(finished, trial);
      assertThat(epochs).isIn(1, EPOCHS);
      assertThat(lines("run/trials/trial-%04d-seed-1/metrics.jsonl".formatted(trial)))
          .filteredOn(line -> line.get("type").asText().equals("epoch"))
          .hasSize(epochs);
    }
    assertThat(folder.resolve("run/best.conf")).exists();
    assertThat(folder.resolve("run/model.zip")).exists();
  }

  private static String event(JsonNode entry) {
    return entry.get("event").asText();
  }

  private static int reached(List<JsonNode> finished, int trial) {
    return finished.stream()
        .filter(entry -> entry.get("trial").asInt() == trial)
        .mapToInt(entry -> entry.get("epochs").asInt())
        .max()
        .orElse(0);
  }

  private Process start() throws IOException {
    return SubmitScript.ofTheBuild(folder).start(arguments());
  }

  private String[] arguments() {
    List<String> arguments =
        new ArrayList<>(
            ClusterTraining.arguments(
                "run",
                "builtin-data",
                "sweep.space=[{key=optimizer.learning-rate,log-uniform=[0.005,0.1],grid-values=6}]",
                "sweep.strategy=grid",
                "sweep.pruning.kind=halving",
                "sweep.requeues=1000",
                "sweep.requeue-seconds=0",
                "train.epochs=" + EPOCHS,
                "run.takeover-seconds=2"));
    arguments.set(0, "sweep");
    return arguments.toArray(String[]::new);
  }

  /** Until an executor is there to be killed, and the ledger tells of a trial. */
  private void awaitTraining(Process sweep) throws Exception {
    while (sweep.isAlive()
        && (!Files.exists(folder.resolve("run/trials.jsonl")) || !hasExecutor(sweep))) {
      sweep.waitFor(MILLISECONDS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
    }
  }

  private static boolean hasExecutor(Process sweep) {
    try {
      return ClusterTraining.executor(sweep).isAlive();
    } catch (NoSuchElementException none) {
      return false;
    }
  }

  private List<JsonNode> lines(String file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve(file))) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }
}
