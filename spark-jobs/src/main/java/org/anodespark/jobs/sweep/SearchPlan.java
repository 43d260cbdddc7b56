/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep;

import java.util.HashSet;
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
   * Notes in the ledger what is searched, if it is not what was searched last.
   *
   * @return what was searched before, if it was something else
   * @throws JobFailure exit code 2, if trials are to be added to a grid
   */
  Optional<LedgerEntry.Searched> note(Ledger ledger) {
    Optional<LedgerEntry.Searched> before = ledger.searched();
    LedgerEntry.Searched now =
        new LedgerEntry.Searched(sweep.strategy(), trials(ledger), sweep.space());
    if (before.equals(Optional.of(now))) {
      return Optional.empty();
    }
    ledger.add(now);
    return before;
  }

  private int trials(Ledger ledger) {
    if (sweep.strategy().equals(SweepSettings.GRID)) {
      if (sweep.addedTrials() > 0) {
        throw JobFailure.badConfiguration(
            "%d trials are to be added, but sweep.strategy = grid has all of its points: expected more values in sweep.space, or another strategy."
                .formatted(sweep.addedTrials()));
      }
      Set<Assignment> all = new HashSet<>(ledger.assignments());
      strategy.points().forEach(all::add);
      return all.size();
    }
    int before = ledger.searched().map(LedgerEntry.Searched::trials).orElse(0);
    return Math.max(sweep.trials(), before) + sweep.addedTrials();
  }
}
