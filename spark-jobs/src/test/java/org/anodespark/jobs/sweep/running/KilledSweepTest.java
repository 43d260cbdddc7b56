/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.anodespark.jobs.config.Objective;
import org.anodespark.jobs.config.PruningSettings;
import org.anodespark.jobs.config.SearchDimension;
import org.anodespark.jobs.config.SweepSettings;
import org.anodespark.jobs.run.RunDirectory;
import org.anodespark.jobs.sweep.ledger.Ledger;
import org.anodespark.jobs.sweep.ledger.LedgerEntry;
import org.anodespark.jobs.sweep.ledger.RungRun;
import org.anodespark.jobs.sweep.ledger.Trial;
import org.anodespark.jobs.sweep.pruning.Pruning;
import org.anodespark.jobs.sweep.search.Assignment;
import org.anodespark.jobs.sweep.search.SearchStrategy;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What must hold of a sweep however often its driver and its executors are killed. A driver dies at
 * any moment at which it touches the world: before or after it has written to the ledger, before or
 * after a training begins, while it waits. What executors have finished by then stays.
 */
class KilledSweepTest {
  private static final Objective OBJECTIVE = new Objective("quality", true);
  private static final int EPOCHS = 9;

  @TempDir Path folder;

  private final Random random = new Random(11);

  /** What executors know, which outlives the driver: epochs trained, and results in their files. */
  private final Map<String, Integer> trained = new HashMap<>();

  private final Set<RungRun> results = new HashSet<>();
  private final Set<RungRun> resultsTwice = new HashSet<>();
  private long clockNanos;
  private int killedDrivers;
  private int killedExecutors;

  /** Death of the driver: nobody catches it. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  @ParameterizedTest
  @CsvSource({
    "halving, random, 1, 27",
    "halving, grid, 4, 27",
    "median, sobol, 3, 20",
    "none, random, 2, 27"
  })
  void noTrialIsLostNoneIsTrainedTwiceAndTheBudgetIsKept(
      String pruning, String strategy, int room, int trials) throws IOException {
    SweepSettings settings = settings(pruning, strategy, trials);

    int drivers = 0;
    boolean over = false;
    while (!over) {
      drivers++;
      assertThat(drivers).isLessThan(10_000);
      try {
        drive(settings, room, drivers <= 40);
        over = true;
      } catch (Killed killed) {
        killedDrivers++;
      }
    }

    assertThat(killedDrivers).isGreaterThanOrEqualTo(20);
    assertThat(killedExecutors).isGreaterThanOrEqualTo(5);
    Ledger ledger = ledger(settings);
    assertThat(ledger.open()).isEmpty();
    assertThat(ledger.trials()).hasSize(trials);
    assertThat(new HashSet<>(ledger.assignments())).hasSize(trials);
    assertThat(resultsTwice).isEmpty();
    for (Trial trial : ledger.trials()) {
      assertThat(trial.failure()).isEmpty();
      for (int seed : settings.seeds()) {
        // exactly the epochs of the rung it was decided to reach, each once
        assertThat(trained.get(trial.number() + "/" + seed)).isEqualTo(trial.decidedEpochs());
      }
      assertThat(trial.epochs()).isEqualTo(trial.decidedEpochs());
    }
    assertThat(ledger.epochs())
        .isEqualTo(trained.values().stream().mapToInt(Integer::intValue).sum())
        .isLessThanOrEqualTo((long) trials * EPOCHS * settings.seeds().size());
    List<String> lines = Files.readAllLines(folder.resolve(Ledger.FILE));
    List<String> finished = lines.stream().filter(line -> line.contains("finished")).toList();
    assertThat(finished).doesNotHaveDuplicates();
    if (pruning.equals("none")) {
      assertThat(ledger.trials()).allMatch(trial -> trial.epochs() == EPOCHS);
    } else {
      assertThat(ledger.trials()).anyMatch(trial -> trial.epochs() < EPOCHS);
      assertThat(ledger.trials()).anyMatch(trial -> trial.epochs() == EPOCHS);
    }
  }

  private void drive(SweepSettings settings, int room, boolean mayDie) {
    SearchStrategy strategy = SearchStrategy.of(settings, 5);
    Pruning pruning = Pruning.of(settings.pruning(), EPOCHS);
    Ledger ledger = ledger(settings);
    if (ledger.searched().isEmpty()) {
      ledger.add(
          new LedgerEntry.Searched(
              settings.strategy(),
              settings.trials(),
              0,
              settings.seeds(),
              pruning.rungs(),
              settings.space()));
    }
    try (Executors executors = new Executors(room, mayDie)) {
      new Sweep(settings, strategy, pruning, ledger, executors, new Silent(), () -> clockNanos)
          .run(() -> false);
    }
  }

  private Ledger ledger(SweepSettings settings) {
    RunDirectory directory = RunDirectory.open(new Configuration(), folder.toString());
    return Ledger.open(directory, settings.seeds(), Pruning.of(settings.pruning(), EPOCHS).rungs());
  }

  private static SweepSettings settings(String pruning, String strategy, int trials) {
    List<SearchDimension> space = new ArrayList<>();
    for (String key : List.of("a", "b", "c")) {
      space.add(
          new SearchDimension(
              key, SearchDimension.Kind.INTEGER, List.of(), 0, 20, 3, new TreeMap<>()));
    }
    return new SweepSettings(
        space,
        strategy,
        trials,
        0,
        List.of(1, 2),
        List.of(OBJECTIVE),
        new PruningSettings(pruning, 1, 3, 3, 4),
        "task",
        0,
        1_000,
        2,
        1);
  }

  /** Executors that die now and then, and may take the driver with them. */
  private final class Executors implements RungRunner {
    private final int room;
    private final boolean mayDie;
    private final Deque<RungRun> running = new ArrayDeque<>();
    private final Map<RungRun, Assignment> assignments = new HashMap<>();

    Executors(int room, boolean mayDie) {
      this.room = room;
      this.mayDie = mayDie;
    }

    private void maybeDie(double probability) {
      if (mayDie && random.nextDouble() < probability) {
        throw new Killed();
      }
    }

    @Override
    public int room() {
      maybeDie(0.05);
      return room;
    }

    @Override
    public void start(RungRun run, Assignment assignment) {
      maybeDie(0.1);
      running.add(run);
      assignments.put(run, assignment);
      maybeDie(0.1);
    }

    @Override
    public Optional<RungOutcome> await(Duration patience) {
      maybeDie(0.1);
      clockNanos += patience.toNanos();
      if (running.isEmpty() || random.nextInt(4) == 0) {
        return Optional.empty();
      }
      RungRun run = running.remove();
      String key = run.trial() + "/" + run.seed();
      // an executor that dies leaves the checkpoint of its latest whole epoch
      int until = run.epochs();
      boolean executorDies = random.nextInt(10) == 0;
      int from = trained.getOrDefault(key, 0);
      if (executorDies && until > from) {
        trained.put(key, from + random.nextInt(until - from));
        killedExecutors++;
        maybeDie(0.2);
        return Optional.of(new RungOutcome.Lost(run, "executor 1 exited"));
      }
      trained.put(key, Math.max(from, until));
      if (from < until && !results.add(run)) {
        resultsTwice.add(run);
      }
      maybeDie(0.2);
      return Optional.of(
          new RungOutcome.Finished(
              run, Map.of(OBJECTIVE.measure(), quality(assignments.get(run), run.epochs()))));
    }

    private double quality(Assignment assignment, int epochs) {
      double sum = assignment.values().values().stream().mapToDouble(Double::parseDouble).sum();
      return sum * (1 - Math.exp(-epochs));
    }

    @Override
    public void close() {
      running.clear();
    }
  }
}
