/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.anodespark.jobs.plan.Round;
import org.anodespark.jobs.plan.TrainingPlan;
import org.anodespark.jobs.run.RunDirectory;
import org.anodespark.jobs.testing.EventFileReader;
import org.anodespark.jobs.testing.EventFileReader.Event;
import org.anodespark.odelayers.solver.SolveStatistics;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardWriterTest {
  /** Two rounds an epoch, of two minibatches of one worker each. */
  private static final TrainingPlan PLAN = new TrainingPlan(7, 40, 2, 10, 1, 2);

  private static final Map<String, SolveStatistics> ODE =
      Map.of("block", new SolveStatistics(4, 3, 4, 0, 2, 1, 0.25, 0.5, 64, 0));

  @TempDir Path folder;
  private RunDirectory directory;
  private TensorBoardWriter writer;

  @BeforeEach
  void begin() {
    directory = RunDirectory.open(new Configuration(), folder.toString());
    writer = writer();
    writer.resumed(TrainingState.start());
  }

  @Test
  void aRoundIsAnEventAtItsLastIteration() throws IOException {
    writer.roundFinished(report(1, 1, ODE));
    writer.checkpointComes();

    assertThat(events())
        .containsExactly(
            new Event(
                1000,
                2,
                null,
                Map.of(
                    "train/loss", 0.5f,
                    "train/learning_rate", 0.1f,
                    "speed/images_per_second", 5f,
                    "speed/overhead_fraction", 0.75f,
                    "memory/peak_mebibytes", 3f,
                    "ode/evaluations_per_image", 7f,
                    "ode/rejected_steps", 2f)));
  }

  @Test
  void aNetworkWithoutBlocksOrRateHasNoneInItsEvents() throws IOException {
    RoundReport report = report(1, 1, Map.of());
    writer.roundFinished(
        new RoundReport(report.round(), report.iteration(), Double.NaN, report.tally()));
    writer.checkpointComes();

    assertThat(events().get(0).scalars())
        .containsOnlyKeys(
            "train/loss",
            "speed/images_per_second",
            "speed/overhead_fraction",
            "memory/peak_mebibytes");
  }

  @Test
  void anEpochIsAnEventAtTheIterationOfItsLastRound() throws IOException {
    writer.roundFinished(report(1, 1, ODE));
    writer.roundFinished(report(1, 2, ODE));
    writer.epochFinished(new EpochReport(1, 0.5, 0.75, null, 10, 6));
    writer.checkpointComes();

    assertThat(events().get(2))
        .isEqualTo(
            new Event(1000, 4, null, Map.of("epoch/test_accuracy", 0.75f, "epoch/loss", 0.5f)));
  }

  @Test
  void eachCheckpointComesWithAFileOfWhatHappenedSinceTheOneBefore() throws IOException {
    writer.checkpointComes();
    writer.roundFinished(report(1, 1, ODE));
    writer.checkpointComes();
    writer.roundFinished(report(1, 2, ODE));
    writer.epochFinished(new EpochReport(1, 0.5, 0.75, null, 10, 6));
    writer.checkpointComes();
    writer.checkpointComes();

    assertThat(files())
        .extracting(file -> file.getFileName().toString())
        .containsExactly(
            "events.out.tfevents.epoch000001.round000001",
            "events.out.tfevents.epoch000002.round000000");
    assertThat(steps()).containsExactly(2L, 4L, 4L);
  }

  @Test
  void whatIsTrainedAgainIsThereOnce() throws IOException {
    TrainingState afterFirstRound = TrainingState.start().after(report(1, 1, ODE));
    writer.roundFinished(report(1, 1, ODE));
    writer.checkpointComes();
    writer.roundFinished(report(1, 2, ODE));
    writer.epochFinished(new EpochReport(1, 0.5, 0.75, null, 10, 6));
    writer.checkpointComes();

    // another driver, which finds the second checkpoint damaged
    writer = writer();
    writer.resumed(afterFirstRound);
    assertThat(steps()).containsExactly(2L);
    writer.roundFinished(report(1, 2, ODE));
    writer.epochFinished(new EpochReport(1, 0.5, 0.75, null, 10, 6));
    writer.checkpointComes();

    assertThat(steps()).containsExactly(2L, 4L, 4L);
  }

  @Test
  void anEvaluationThatIsMadeUpForComesToTheRoundsBeforeIt() throws IOException {
    TrainingState afterRounds =
        TrainingState.start().after(report(1, 1, ODE)).after(report(1, 2, ODE));
    writer.roundFinished(report(1, 1, ODE));
    writer.roundFinished(report(1, 2, ODE));
    writer.checkpointComes();

    writer = writer();
    writer.resumed(afterRounds);
    writer.epochFinished(new EpochReport(1, 0.5, 0.75, null, 10, 6));
    writer.checkpointComes();

    assertThat(steps()).containsExactly(2L, 4L, 4L);
  }

  @Test
  void whatARollBackUndoesIsNotWritten() throws IOException {
    writer.roundFinished(report(1, 1, ODE));
    writer.resumed(TrainingState.start());
    writer.checkpointComes();

    assertThat(files()).isEmpty();
  }

  private TensorBoardWriter writer() {
    return new TensorBoardWriter(
        directory, Clock.fixed(Instant.ofEpochSecond(1000), ZoneOffset.UTC));
  }

  private static RoundReport report(int epoch, int number, Map<String, SolveStatistics> ode) {
    Round round = PLAN.epoch(epoch).rounds().get(number - 1);
    int iteration = ((epoch - 1) * 2 + number - 1) * 2;
    List<MinibatchRecord> records = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      records.add(
          new MinibatchRecord(
              0,
              iteration + i,
              "1",
              "host",
              10,
              500_000_000,
              0,
              0,
              0.5,
              3 << 20,
              "kernels",
              "cpu",
              ode));
    }
    return RoundReport.of(round, iteration, 0.1, records, new RoundTimes(4, 0, 0), 1);
  }

  private List<Long> steps() throws IOException {
    return events().stream().map(Event::step).toList();
  }

  /** The events of all files in the order of their names, without those that begin each file. */
  private List<Event> events() throws IOException {
    List<Event> events = new ArrayList<>();
    for (Path file : files()) {
      events.addAll(EventFileReader.read(Files.readAllBytes(file)));
    }
    return events.stream().filter(event -> Objects.isNull(event.fileVersion())).toList();
  }

  private List<Path> files() throws IOException {
    Path tensorBoard = folder.resolve("tensorboard");
    if (!Files.exists(tensorBoard)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(tensorBoard)) {
      return all.filter(file -> !file.getFileName().toString().startsWith(".")).sorted().toList();
    }
  }
}
