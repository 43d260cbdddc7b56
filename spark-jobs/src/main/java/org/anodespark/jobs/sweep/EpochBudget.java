/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep;

import java.util.List;
import java.util.Locale;
import org.anodespark.jobs.config.PruningSettings;
import org.anodespark.jobs.config.SweepSettings;
import org.anodespark.jobs.sweep.ledger.Ledger;
import org.anodespark.jobs.sweep.ledger.LedgerEntry;

/** How many epochs a sweep is going to train, as far as that can be told. */
final class EpochBudget {
  private final SweepSettings sweep;
  private final List<Integer> rungs;

  /**
   * @param rungs in epochs, rising
   */
  EpochBudget(SweepSettings sweep, List<Integer> rungs) {
    this.sweep = sweep;
    this.rungs = List.copyOf(rungs);
  }

  /** The whole training, in epochs. */
  int lastRung() {
    return rungs.get(rungs.size() - 1);
  }

  /**
   * All epochs of all trials with all seeds. Under halving each rung is reached by one of factor,
   * or by more if more were promoted already; under the median rule some more are counted than will
   * be trained, since nobody knows whom it ends.
   */
  long expected(Ledger ledger) {
    long trials = ledger.searched().map(LedgerEntry.Searched::trials).orElse(0);
    boolean halving = sweep.pruning().kind().equals(PruningSettings.HALVING);
    long epochs = 0;
    int before = 0;
    for (int rung : rungs) {
      long promoted =
          ledger.trials().stream().filter(trial -> trial.decidedEpochs() >= rung).count();
      epochs += Math.max(trials, promoted) * (rung - before);
      before = rung;
      trials = halving ? trials / sweep.pruning().factor() : trials;
    }
    return epochs * sweep.seeds().size();
  }

  /** What was trained, compared with training all trials to their end. */
  String sentence(Ledger ledger) {
    long whole = (long) ledger.trials().size() * lastRung() * sweep.seeds().size();
    return String.format(
        Locale.ROOT,
        "%d trials, %d epochs in all: %.0f %% of the %d epochs that training all of them to their end takes.",
        ledger.trials().size(),
        ledger.epochs(),
        100.0 * ledger.epochs() / whole,
        whole);
  }
}
