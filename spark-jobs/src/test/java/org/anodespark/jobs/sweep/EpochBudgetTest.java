/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.anodespark.jobs.config.SettingSources;
import org.anodespark.jobs.config.SettingsLoader;
import org.anodespark.jobs.config.SweepSettings;
import org.anodespark.jobs.run.RunDirectory;
import org.anodespark.jobs.sweep.ledger.Ledger;
import org.anodespark.jobs.sweep.ledger.LedgerEntry;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of nine trials with halving by three, to epochs 1, 3 and 9. */
class EpochBudgetTest {
  private static final List<Integer> RUNGS = List.of(1, 3, 9);

  @TempDir Path folder;

  private Ledger ledger;
  private EpochBudget budget;

  @BeforeEach
  void nineTrials() {
    SweepSettings sweep =
        SettingsLoader.load(new SettingSources(List.of(), List.of("sweep.pruning.kind=halving")))
            .settings()
            .sweep();
    ledger =
        Ledger.open(
            RunDirectory.open(new Configuration(), folder.toString()), sweep.seeds(), RUNGS);
    ledger.add(
        new LedgerEntry.Searched(sweep.strategy(), 9, 0, sweep.seeds(), RUNGS, sweep.space()));
    budget = new EpochBudget(sweep, RUNGS);
  }

  @Test
  void oneOfThreeIsForetoldToGoOnAtEachRung() {
    assertThat(budget.expected(ledger)).isEqualTo(9 * 1 + 3 * 2 + 1 * 6);
  }

  @Test
  void whoWasPromotedBeyondThatIsCountedToo() {
    for (int trial = 0; trial < 5; trial++) {
      ledger.add(new LedgerEntry.Begun(trial, new TreeMap<>()));
    }
    for (int trial = 0; trial < 4; trial++) {
      ledger.add(new LedgerEntry.Promoted(trial, 3));
    }

    assertThat(budget.expected(ledger)).isEqualTo(9 * 1 + 4 * 2 + 1 * 6);
  }
}
