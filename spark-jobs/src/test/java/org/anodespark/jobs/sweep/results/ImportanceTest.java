/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anodespark.jobs.config.Objective;
import org.anodespark.jobs.config.SearchDimension;
import org.anodespark.jobs.config.SearchDimension.Kind;
import org.anodespark.jobs.run.RunDirectory;
import org.anodespark.jobs.sweep.ledger.Ledger;
import org.anodespark.jobs.sweep.ledger.LedgerEntry;
import org.anodespark.jobs.testing.LocalSpark;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportanceTest {
  private static final List<SearchDimension> SPACE =
      List.of(
          dimension("solver", Kind.CHOICE, List.of("\"euler\"", "\"rk4\"", "\"heun\""), 0, 0),
          dimension("rate", Kind.LOG_UNIFORM, List.of(), 0.001, 1),
          dimension("noise", Kind.UNIFORM, List.of(), 0, 1));
  private static final Importance IMPORTANCE =
      new Importance(SPACE, new Objective("quality", true), 1);

  @TempDir Path folder;

  @Test
  void whatDecidesHasTheGreatestShare() {
    Ledger ledger = ledger();
    for (int i = 0; i < 60; i++) {
      String solver = SPACE.get(0).choices().get(i % 3);
      double rate = Math.pow(10, -3 + 3 * ((i * 7) % 60) / 60.0);
      double noise = ((i * 31) % 60) / 60.0;
      double quality =
          (solver.contains("heun") ? 1 : 0) - 0.2 * Math.pow(Math.log10(rate) + 1.5, 2);
      add(ledger, i, solver, rate, noise, quality);
    }
    try (JavaSparkContext spark = LocalSpark.start("local[1]")) {
      Map<String, Double> shares = IMPORTANCE.of(ledger.trials(), spark);
      assertThat(shares.values().stream().mapToDouble(share -> share).sum())
          .isCloseTo(1, within(1e-9));
      assertThat(shares.get("solver")).isGreaterThan(shares.get("rate"));
      assertThat(shares.get("rate")).isGreaterThan(shares.get("noise"));
      assertThat(shares.get("noise")).isLessThan(0.1);
      assertThat(IMPORTANCE.of(ledger.trials(), spark)).isEqualTo(shares);
      // too few
      assertThat(IMPORTANCE.of(ledger.trials().subList(0, 7), spark)).isEmpty();
    }
  }

  private Ledger ledger() {
    return Ledger.open(
        RunDirectory.open(new Configuration(), folder.toString()), List.of(1), List.of(1));
  }

  private static void add(
      Ledger ledger, int trial, String solver, double rate, double noise, double quality) {
    ledger.add(
        new LedgerEntry.Begun(
            trial,
            new TreeMap<>(
                Map.of(
                    "solver",
                    solver,
                    "rate",
                    String.valueOf(rate),
                    "noise",
                    String.valueOf(noise)))));
    ledger.add(new LedgerEntry.Finished(trial, 1, 1, Map.of("quality", quality)));
  }

  private static SearchDimension dimension(
      String key, Kind kind, List<String> choices, double low, double high) {
    return new SearchDimension(key, kind, choices, low, high, 3, new TreeMap<>());
  }
}
