/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.running;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.anodespark.jobs.config.Objective;
import org.anodespark.jobs.config.SweepSettings;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.sweep.ledger.Ledger;
import org.anodespark.jobs.sweep.ledger.LedgerEntry;
import org.anodespark.jobs.sweep.ledger.RungRun;
import org.anodespark.jobs.sweep.ledger.Trial;
import org.anodespark.jobs.sweep.pruning.Decision;
import org.anodespark.jobs.sweep.pruning.Pruning;
import org.anodespark.jobs.sweep.search.Assignment;
import org.anodespark.jobs.sweep.search.SearchStrategy;
import org.anodespark.jobs.train.TrainingMeasures;

/**
 * The loop of a sweep. Whenever there is room for a training, one is begun that was decided on; if
 * there is none, a trial is promoted; if none can be, a new one begins. What happens is in the
 * ledger before anything follows from it.
 */
public final class Sweep {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final int MOST_DOUBLINGS = 6;

  private final SweepSettings settings;
  private final SearchStrategy strategy;
  private final Pruning pruning;
  private final Ledger ledger;
  private final RungRunner runner;
  private final SweepObserver observer;
  private final LongSupplier nanoTime;
  private final Set<RungRun> running = new HashSet<>();
  private final Map<RungRun, Long> lostAtNanos = new HashMap<>();
  private boolean usedUp;

  /**
   * Makes a sweep.
   *
   * @param ledger what has happened so far; what is searched is its last word
   * @param nanoTime a clock as {@link System#nanoTime()}
   */
  public Sweep(
      SweepSettings settings,
      SearchStrategy strategy,
      Pruning pruning,
      Ledger ledger,
      RungRunner runner,
      SweepObserver observer,
      LongSupplier nanoTime) {
    this.settings = settings;
    this.strategy = strategy;
    this.pruning = pruning;
    this.ledger = ledger;
    this.runner = runner;
    this.observer = observer;
    this.nanoTime = nanoTime;
  }

  /**
   * Goes on until nothing is left to do.
   *
   * @param stop whether to end
   * @throws JobFailure with exit code 143 if it was stopped, and as the runner throws
   */
  public void run(BooleanSupplier stop) {
    observer.started();
    do {
      requireNotStopped(stop);
      fillRoom();
      if (!ledger.open().isEmpty()) {
        Optional<RungOutcome> outcome = runner.await(BETWEEN_LOOKS);
        // what a signal ends is not lost
        requireNotStopped(stop);
        outcome.ifPresent(this::record);
      }
    } while (!ledger.open().isEmpty() || next().isPresent());
  }

  private void requireNotStopped(BooleanSupplier stop) {
    if (stop.getAsBoolean()) {
      throw new JobFailure(
          ExitCode.STOPPED,
          "Stopped by a signal with %d trials begun; the sweep goes on with the same settings and run.dir."
              .formatted(ledger.trials().size()));
    }
  }

  private void fillRoom() {
    int room = runner.room();
    if (settings.parallel() > 0) {
      room = Math.min(room, settings.parallel());
    }
    while (running.size() < room) {
      Optional<RungRun> next = next();
      if (next.isEmpty()) {
        return;
      }
      running.add(next.get());
      runner.start(next.get(), ledger.trial(next.get().trial()).assignment());
    }
  }

  /** A training that was decided on, after deciding on one if there is none. */
  private Optional<RungRun> next() {
    while (true) {
      Optional<RungRun> open =
          ledger.open().stream()
              .filter(run -> !running.contains(run) && !isToWait(run))
              .findFirst();
      if (open.isPresent() || !decide()) {
        return open;
      }
    }
  }

  /** Whether a training was lost so recently that what took it may not be over. */
  private boolean isToWait(RungRun run) {
    if (!lostAtNanos.containsKey(run)) {
      return false;
    }
    int doublings = ledger.trial(run.trial()).losses(run) - 1;
    Duration pause =
        Duration.ofSeconds((long) settings.requeueSeconds() << Math.min(doublings, MOST_DOUBLINGS));
    return nanoTime.getAsLong() - lostAtNanos.get(run) < pause.toNanos();
  }

  /** Whether there was anything to decide. */
  private boolean decide() {
    Objective objective = settings.objectives().get(0);
    Optional<Decision> decision = pruning.decide(ledger.standings(objective));
    if (decision.isPresent()) {
      carryOut(decision.get());
      return true;
    }
    return begin();
  }

  private void carryOut(Decision decision) {
    int epochs = ledger.trial(decision.trial()).decidedEpochs();
    if (decision.goesOn()) {
      List<Integer> rungs = pruning.rungs();
      int next = rungs.stream().filter(rung -> rung > epochs).findFirst().orElseThrow();
      ledger.add(new LedgerEntry.Promoted(decision.trial(), next));
    } else {
      ledger.add(new LedgerEntry.Stopped(decision.trial(), epochs));
    }
  }

  private boolean begin() {
    int trials = ledger.trials().size();
    if (usedUp || trials >= ledger.searched().orElseThrow().trials()) {
      return false;
    }
    Optional<Assignment> assignment = strategy.next(ledger.assignments());
    if (assignment.isEmpty()) {
      usedUp = true;
      observer.usedUp();
    }
    assignment.ifPresent(values -> ledger.add(new LedgerEntry.Begun(trials, values.values())));
    return assignment.isPresent();
  }

  private void record(RungOutcome outcome) {
    RungRun run = outcome.run();
    running.remove(run);
    if (outcome instanceof RungOutcome.Finished finished) {
      ledger.add(
          new LedgerEntry.Finished(
              run.trial(), run.seed(), run.epochs(), repeatable(finished.measures())));
    } else if (outcome instanceof RungOutcome.Failed failed) {
      fail(run, failed.reason());
    } else if (outcome instanceof RungOutcome.Lost lost) {
      Trial trial = ledger.trial(run.trial());
      ledger.add(new LedgerEntry.Lost(run.trial(), run.seed(), run.epochs(), lost.reason()));
      lostAtNanos.put(run, nanoTime.getAsLong());
      if (trial.losses(run) > settings.requeues()) {
        fail(run, "lost %d times: %s".formatted(trial.losses(run), lost.reason()));
      }
    }
    observer.ended(outcome);
  }

  /** Without what the clock measured, unless it is looked for: equal sweeps have equal ledgers. */
  private Map<String, Double> repeatable(Map<String, Double> measures) {
    Map<String, Double> repeatable = new LinkedHashMap<>(measures);
    List<String> wanted = settings.objectives().stream().map(Objective::measure).toList();
    if (!wanted.contains(TrainingMeasures.TRAINING_SECONDS)) {
      repeatable.remove(TrainingMeasures.TRAINING_SECONDS);
    }
    return repeatable;
  }

  private void fail(RungRun run, String reason) {
    if (ledger.trial(run.trial()).failure().isEmpty()) {
      ledger.add(new LedgerEntry.Failed(run.trial(), run.seed(), run.epochs(), reason));
    }
  }
}
