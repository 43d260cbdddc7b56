/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.running;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anodespark.jobs.config.ResolvedSettings;
import org.anodespark.jobs.config.SearchDimension;
import org.anodespark.jobs.config.SettingsLoader;
import org.anodespark.jobs.config.Variant;
import org.anodespark.jobs.sweep.search.Assignment;

/** The settings of each training of a sweep, and where it keeps its files. */
public final class TrialPlan {
  private final ResolvedSettings base;

  /**
   * Makes a plan.
   *
   * @param base the settings of the sweep; {@code run.dir} is filled in
   */
  public TrialPlan(ResolvedSettings base) {
    this.base = base;
  }

  /** The run directory of a training. */
  public String directory(int trial, int seed) {
    return "%s/trials/trial-%04d-seed-%d".formatted(base.settings().run().dir(), trial, seed);
  }

  /**
   * The settings of a job {@code train} that is the same training.
   *
   * @throws org.anodespark.jobs.failure.JobFailure exit code 2, if they are no settings of one
   */
  public ResolvedSettings settings(int trial, int seed, Assignment assignment) {
    return SettingsLoader.vary(
        base,
        List.of(new Variant("trial-" + trial, assignment.settings())),
        Map.of("seed", seed, "run.dir", directory(trial, seed)));
  }

  /**
   * Looks whether each value by itself, with the other settings as they are, is one that its
   * setting can have.
   *
   * @throws org.anodespark.jobs.failure.JobFailure exit code 2, if one is not
   */
  public void requireValidValues() {
    for (SearchDimension dimension : base.settings().sweep().space()) {
      for (String value : dimension.grid()) {
        Assignment alone = new Assignment(new TreeMap<>(Map.of(dimension.key(), value)));
        SettingsLoader.vary(base, List.of(new Variant("space", alone.settings())), Map.of());
      }
    }
  }
}
