/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.anodespark.jobs.config.SweepSettings;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.sweep.ledger.Ledger;
import org.anodespark.jobs.sweep.ledger.LedgerEntry;
import org.anodespark.jobs.sweep.search.Assignment;
import org.anodespark.jobs.sweep.search.SearchStrategy;

/** What a sweep searches now, compared with what it searched before. */
final class SearchPlan {
  private final SweepSettings sweep;
  private final SearchStrategy strategy;

  SearchPlan(SweepSettings sweep, SearchStrategy strategy) {
    this.sweep = sweep;
    this.strategy = strategy;
  }

  /**
   * Looks whether trials can be added.
   *
   * @throws JobFailure exit code 2, if they are to be added to a grid
   */
  void requireThatTrialsCanBeAdded() {
    if (sweep.addedTrials() > 0 && isGrid()) {
      throw JobFailure.badConfiguration(
          "%d trials are to be added, but sweep.strategy = grid has all of its points: expected more values in sweep.space, or another strategy."
              .formatted(sweep.addedTrials()));
    }
  }

  private boolean isGrid() {
    return sweep.strategy().equals(SweepSettings.GRID);
  }

  /**
   * Notes in the ledger what is searched, if it is not what was searched last.
   *
   * @param rungs of each trial, in epochs
   * @return what was searched before, if it was something else
   * @throws JobFailure exit code 2, if the trials that were begun cannot be compared with others
   */
  Optional<LedgerEntry.Searched> note(Ledger ledger, List<Integer> rungs) {
    Optional<LedgerEntry.Searched> before = ledger.searched();
    LedgerEntry.Searched now =
        new LedgerEntry.Searched(
            sweep.strategy(),
            trials(ledger),
            sweep.addedTrials(),
            sweep.seeds(),
            rungs,
            sweep.space());
    before.ifPresent(earlier -> requireComparable(earlier, now));
    if (before.equals(Optional.of(now))) {
      return Optional.empty();
    }
    ledger.add(now);
    return before;
  }

  private static void requireComparable(LedgerEntry.Searched before, LedgerEntry.Searched now) {
    if (!before.seeds().equals(now.seeds()) || !before.rungs().equals(now.rungs())) {
      throw JobFailure.badConfiguration(
          "The sweep was begun with seeds %s and looks after epochs %s, and is now to have %s and %s: expected those that it was begun with, or set run.dir to a new folder."
              .formatted(before.seeds(), before.rungs(), now.seeds(), now.rungs()));
    }
  }

  /** Whether somebody starts a sweep again that was ended on its way through the added trials. */
  private boolean isAddedAlready(Ledger ledger) {
    return ledger
        .searched()
        .filter(before -> before.added() == sweep.addedTrials())
        .filter(before -> ledger.trials().size() < before.trials() || !ledger.open().isEmpty())
        .isPresent();
  }

  private int trials(Ledger ledger) {
    if (isGrid()) {
      Set<Assignment> all = new HashSet<>(ledger.assignments());
      strategy.points().forEach(all::add);
      return all.size();
    }
    int before = ledger.searched().map(LedgerEntry.Searched::trials).orElse(0);
    return Math.max(sweep.trials(), before) + (isAddedAlready(ledger) ? 0 : sweep.addedTrials());
  }
}
