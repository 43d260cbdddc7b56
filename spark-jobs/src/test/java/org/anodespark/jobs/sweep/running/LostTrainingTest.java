/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.anodespark.jobs.config.Objective;
import org.anodespark.jobs.config.PruningSettings;
import org.anodespark.jobs.config.SearchDimension;
import org.anodespark.jobs.config.SweepSettings;
import org.anodespark.jobs.run.RunDirectory;
import org.anodespark.jobs.sweep.ledger.Ledger;
import org.anodespark.jobs.sweep.ledger.LedgerEntry;
import org.anodespark.jobs.sweep.ledger.RungRun;
import org.anodespark.jobs.sweep.pruning.Pruning;
import org.anodespark.jobs.sweep.search.Assignment;
import org.anodespark.jobs.sweep.search.SearchStrategy;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a sweep does with a training whose executors are lost again and again: the first trial's.
 */
class LostTrainingTest {
  private static final Objective OBJECTIVE = new Objective("quality", true);
  private static final int REQUEUES = 2;
  private static final int REQUEUE_SECONDS = 5;

  @TempDir Path folder;

  private final List<String> begun = new ArrayList<>();
  private long clockNanos;

  @Test
  void itBeginsAgainAfterPausesThatDoubleWhileOthersAreTrained() {
    sweep(10);

    assertThat(begun)
        .containsExactly(
            "trial 0 at 0 s",
            "trial 1 at 1 s",
            "trial 2 at 2 s",
            "trial 0 at 6 s",
            "trial 0 at 17 s");
  }

  @Test
  void itsTrialIsClosedInTheEndAndTheOthersAreNot() {
    Ledger ledger = sweep(10);

    assertThat(ledger.trial(0).failure()).contains("lost 3 times: executor 1 exited");
    assertThat(ledger.trial(1).failure()).isEmpty();
    assertThat(ledger.trial(2).epochs()).isEqualTo(4);
  }

  @Test
  void itComesToItsEndIfItIsNotLostTooOften() {
    Ledger ledger = sweep(REQUEUES);

    assertThat(ledger.trial(0).failure()).isEmpty();
    assertThat(ledger.trial(0).epochs()).isEqualTo(4);
  }

  private Ledger sweep(int losses) {
    SweepSettings settings =
        new SweepSettings(
            List.of(
                new SearchDimension(
                    "a", SearchDimension.Kind.INTEGER, List.of(), 0, 2, 3, new TreeMap<>())),
            SweepSettings.GRID,
            3,
            0,
            List.of(1),
            List.of(OBJECTIVE),
            new PruningSettings("none", 1, 3, 1, 5),
            SweepSettings.TASK,
            0,
            REQUEUES,
            REQUEUE_SECONDS,
            1);
    Pruning pruning = Pruning.of(settings.pruning(), 4);
    Ledger ledger =
        Ledger.open(
            RunDirectory.open(new Configuration(), folder.toString()),
            settings.seeds(),
            pruning.rungs());
    ledger.add(
        new LedgerEntry.Searched(
            settings.strategy(), 3, 0, settings.seeds(), pruning.rungs(), settings.space()));
    new Sweep(
            settings,
            SearchStrategy.of(settings, 1),
            pruning,
            ledger,
            new OneExecutor(losses),
            new Silent(),
            () -> clockNanos)
        .run(() -> false);
    return ledger;
  }

  /** Trains in a second, if it is not lost then. */
  private final class OneExecutor implements RungRunner {
    private final Deque<RungRun> running = new ArrayDeque<>();
    private int losses;

    OneExecutor(int losses) {
      this.losses = losses;
    }

    @Override
    public int room() {
      return 1;
    }

    @Override
    public void start(RungRun run, Assignment assignment) {
      begun.add(
          "trial %d at %d s".formatted(run.trial(), Duration.ofNanos(clockNanos).toSeconds()));
      running.add(run);
    }

    @Override
    public Optional<RungOutcome> await(Duration patience) {
      clockNanos += Duration.ofSeconds(1).toNanos();
      if (running.isEmpty()) {
        return Optional.empty();
      }
      RungRun run = running.remove();
      if (run.trial() == 0 && losses > 0) {
        losses--;
        return Optional.of(new RungOutcome.Lost(run, "executor 1 exited"));
      }
      return Optional.of(new RungOutcome.Finished(run, Map.of(OBJECTIVE.measure(), 1.0)));
    }

    @Override
    public void close() {}
  }
}
