/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.primitives.Floats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anodespark.jobs.checkpoint.CheckpointStore;
import org.anodespark.jobs.config.CheckpointSettings;
import org.anodespark.jobs.config.DivergenceSettings;
import org.anodespark.jobs.plan.Round;
import org.anodespark.jobs.plan.TrainingPlan;
import org.anodespark.jobs.run.JsonLinesFile;
import org.anodespark.jobs.run.RunDirectory;
import org.anodespark.jobs.testing.DyingFileSystem;
import org.anodespark.jobs.testing.TinyData;
import org.anodespark.jobs.testing.TinyNetworks;
import org.anodespark.odelayers.schedule.LinearSchedule;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.learning.config.Adam;

/** A driver is killed at every moment of its file operations, and another one goes on. */
class KilledDriverTest {
  /** Three rounds an epoch, the last one shorter. */
  private static final TrainingPlan PLAN = new TrainingPlan(7, 95, 2, 10, 2, 2);

  private static final TrainingPolicies POLICIES =
      new TrainingPolicies(
          4,
          new DivergenceSettings("stop", 0.5, 1),
          new EarlyStopping(0, 0),
          new CheckpointSettings(1, 0, 2),
          System::nanoTime);

  @TempDir Path folder;

  @Test
  void theNextDriverComesToTheSameBitsWithoutLosingACheckpoint() throws IOException {
    Outcome undisturbed = new Driver("undisturbed").run(new Configuration());

    int kills = 0;
    for (; ; kills++) {
      String run = "killed-" + kills;
      Driver first = new Driver(run);
      Configuration dying = DyingFileSystem.livingFor(kills);
      if (finishes(first, dying)) {
        break;
      }

      Driver second = new Driver(run);
      Outcome outcome = second.run(new Configuration());

      assertThat(second.roundsAtStart)
          .as("rounds in the latest checkpoint after %d moments", kills)
          .isGreaterThanOrEqualTo(first.roundsSafe());
      assertThat(outcome.parameters).isEqualTo(undisturbed.parameters);
      assertThat(outcome.updater).isEqualTo(undisturbed.updater);
      assertThat(outcome.metrics).isEqualTo(undisturbed.metrics);
      assertThat(outcome.state.epochs()).hasSize(2);
      assertThat(outcome.state.tally().examples()).isEqualTo(2 * 95);
      assertThat(outcome.state.best().epoch()).isEqualTo(undisturbed.state.best().epoch());
    }
    assertThat(kills).as("moments at which a driver was killed").isGreaterThanOrEqualTo(20);
  }

  @Test
  void momentumOfTheOuterOptimiserGoesOnToo() throws IOException {
    OuterOptimizer momentum = new OuterOptimizer(0.9, 0.7);
    Outcome undisturbed = new Driver("undisturbed", momentum).run(new Configuration());

    Driver first = new Driver("killed", new OuterOptimizer(0.9, 0.7));
    assertThat(finishes(first, DyingFileSystem.livingFor(30))).isFalse();
    Outcome outcome = new Driver("killed", new OuterOptimizer(0.9, 0.7)).run(new Configuration());

    assertThat(outcome.parameters).isEqualTo(undisturbed.parameters);
  }

  @Test
  void aDamagedCheckpointIsPassedOver() throws IOException {
    Outcome undisturbed = new Driver("undisturbed").run(new Configuration());
    Path latest;
    try (var files = Files.list(folder.resolve("undisturbed/checkpoints"))) {
      latest = files.filter(file -> file.toString().endsWith(".zip")).sorted().toList().get(1);
    }
    byte[] bytes = Files.readAllBytes(latest);
    bytes[bytes.length / 2] ^= 1;
    // as one who changes a file on purpose, or a disk, does: past Hadoop's own checksum
    Files.delete(latest.resolveSibling("." + latest.getFileName() + ".crc"));
    Files.write(latest, bytes);

    Outcome again = new Driver("undisturbed").run(new Configuration());

    assertThat(again.parameters).isEqualTo(undisturbed.parameters);
    assertThat(again.metrics).isEqualTo(undisturbed.metrics);
  }

  @Test
  void theCheckpointsOfAnotherNetworkAreRefused() throws IOException {
    new Driver("run").run(new Configuration());
    TrainingCheckpoints others =
        new TrainingCheckpoints(
            new CheckpointStore(
                RunDirectory.open(new Configuration(), "file:" + folder.resolve("run")), 2),
            scale -> TinyNetworks.dense(new Adam(0.01)),
            new OuterOptimizer(0, 1),
            TinyData.DESCRIPTION);

    assertThatThrownBy(others::latest)
        .hasMessageMatching(
            "The checkpoint .*/checkpoint-\\d+\\.zip holds \\d+ parameters, expected the \\d+ of"
                + " the network that the settings describe: .*");
  }

  private boolean finishes(Driver driver, Configuration dying) throws IOException {
    try {
      driver.run(dying);
    } catch (RuntimeException | IOException e) {
      assertThat(DyingFileSystem.killed()).as("killed, not: %s", e).isTrue();
    }
    return !DyingFileSystem.killed();
  }

  /** What a training came to. */
  private record Outcome(
      List<Float> parameters, List<Float> updater, List<String> metrics, TrainingState state) {}

  /** A process that trains. */
  private final class Driver implements TrainingObserver {
    private final Path run;
    private final OuterOptimizer outer;
    private final List<Integer> roundsAtCheckpoints = new ArrayList<>();
    private int rounds;
    private int roundsAtStart;

    Driver(String run) {
      this(run, new OuterOptimizer(0, 1));
    }

    Driver(String run, OuterOptimizer outer) {
      this.run = folder.resolve(run);
      this.outer = outer;
    }

    Outcome run(Configuration hadoop) throws IOException {
      RunDirectory directory = RunDirectory.open(hadoop, "file:" + run);
      TrainingCheckpoints checkpoints =
          new TrainingCheckpoints(
              new CheckpointStore(directory, 2),
              scale -> TinyNetworks.batchNormalised(new Adam(new LinearSchedule(0.01, 6))),
              outer,
              TinyData.DESCRIPTION);
      TrainingWork work =
          new LocalTrainingWork() {
            @Override
            public RoundReport train(ComputationGraph network, Round round) {
              var before = network.params().dup();
              RoundReport report = super.train(network, round);
              network.setParams(outer.step(before, network.params().dup()));
              return report;
            }
          };
      TrainingCheckpoints.Restored end;
      try (StopSignal stop = StopSignal.listening()) {
        end =
            new Trainer(
                    PLAN,
                    work,
                    checkpoints,
                    POLICIES,
                    PLAN.epochs(),
                    stop::requested,
                    List.of(this, new MetricsWriter(JsonLinesFile.metrics(directory))))
                .train();
      }
      return new Outcome(
          Floats.asList(end.network().params().dup().data().asFloat()),
          Floats.asList(end.network().getUpdater().getStateViewArrayCopy().data().asFloat()),
          metrics(),
          end.state());
    }

    /** But for how long an epoch took. */
    private List<String> metrics() throws IOException {
      return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
          .map(
              line ->
                  line.startsWith("{\"type\":\"epoch\"")
                      ? line.replaceAll(",\"seconds\".*", "")
                      : line)
          .toList();
    }

    /** Rounds of a checkpoint that was complete for certain. */
    int roundsSafe() {
      int size = roundsAtCheckpoints.size();
      return size < 2 ? 0 : roundsAtCheckpoints.get(size - 2);
    }

    @Override
    public void resumed(TrainingState state) {
      rounds = state.tally().rounds();
      roundsAtStart = rounds;
    }

    @Override
    public void roundFinished(RoundReport round) {
      rounds++;
    }

    @Override
    public void epochFinished(EpochReport epoch) {}

    @Override
    public void checkpointComes() {
      roundsAtCheckpoints.add(rounds);
    }
  }
}
