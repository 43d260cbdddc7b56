/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.anodespark.jobs.config.Objective;
import org.anodespark.jobs.sweep.ledger.Ledger;
import org.anodespark.jobs.sweep.ledger.LedgerEntry;
import org.anodespark.jobs.sweep.ledger.RungRun;
import org.anodespark.jobs.sweep.ledger.Trial;
import org.anodespark.jobs.sweep.results.Standings;
import org.anodespark.jobs.sweep.running.RungOutcome;
import org.anodespark.jobs.sweep.running.SweepObserver;
import org.anodespark.jobs.train.ElapsedTime;

/** Tells on the command line how a sweep goes: a line for each training that reaches a rung. */
final class SweepProgress implements SweepObserver {
  private static final double NANOSECONDS_PER_SECOND = 1e9;

  private final PrintStream out;
  private final Ledger ledger;
  private final List<Objective> objectives;
  private final EpochBudget budget;
  private final LongSupplier nanoTime;

  private long startedNanos;
  private long epochsBefore;

  /**
   * Makes a display.
   *
   * @param budget foretells how many epochs there are to be
   * @param nanoTime a clock as {@link System#nanoTime()}
   */
  SweepProgress(
      PrintStream out,
      Ledger ledger,
      List<Objective> objectives,
      EpochBudget budget,
      LongSupplier nanoTime) {
    this.out = out;
    this.ledger = ledger;
    this.objectives = List.copyOf(objectives);
    this.budget = budget;
    this.nanoTime = nanoTime;
  }

  @Override
  public void started() {
    startedNanos = nanoTime.getAsLong();
    epochsBefore = ledger.epochs();
    int trials = ledger.searched().map(LedgerEntry.Searched::trials).orElse(0);
    int begun = ledger.trials().size();
    out.println(
        begun == 0
            ? "%d trials".formatted(trials)
            : "%d trials, of which %d have begun".formatted(trials, begun));
  }

  @Override
  public void usedUp() {
    out.println(
        "sweep.space has no more than %d points: there will be no more trials."
            .formatted(ledger.trials().size()));
  }

  @Override
  public void ended(RungOutcome outcome) {
    RungRun run = outcome.run();
    String what;
    if (outcome instanceof RungOutcome.Finished finished) {
      what =
          objectives.stream()
              .filter(objective -> finished.measures().containsKey(objective.measure()))
              .map(
                  objective ->
                      String.format(
                          Locale.ROOT,
                          "%s %.4g",
                          objective.measure(),
                          finished.measures().get(objective.measure())))
              .collect(Collectors.joining("  "));
    } else if (outcome instanceof RungOutcome.Failed failed) {
      what = "FAILED: " + failed.reason();
    } else {
      what = "lost: " + ((RungOutcome.Lost) outcome).reason();
    }
    out.println("%s  %s  |  %s%s".formatted(run, what, leader(), eta()));
  }

  private String leader() {
    Objective objective = objectives.get(0);
    Optional<Trial> best = new Standings(ledger, objectives, budget.lastRung()).best();
    return best.map(
            trial ->
                String.format(
                    Locale.ROOT,
                    "best: trial %d  %s %.4g at epoch %d  %s",
                    trial.number(),
                    objective.measure(),
                    trial.value(objective).orElse(Double.NaN),
                    trial.epochs(),
                    trial.assignment()))
        .orElse("no result yet");
  }

  private String eta() {
    long done = ledger.epochs();
    long expected = budget.expected(ledger);
    if (done == epochsBefore || done >= expected) {
      return "";
    }
    double seconds = (nanoTime.getAsLong() - startedNanos) / NANOSECONDS_PER_SECOND;
    double left = seconds / (done - epochsBefore) * (expected - done);
    return "  |  %d of some %d epochs  ETA %s".formatted(done, expected, ElapsedTime.of(left));
  }
}
