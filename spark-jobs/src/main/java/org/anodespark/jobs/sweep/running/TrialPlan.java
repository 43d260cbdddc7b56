/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.running;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.anodespark.jobs.config.ResolvedSettings;
import org.anodespark.jobs.config.SearchDimension;
import org.anodespark.jobs.config.SettingsLoader;
import org.anodespark.jobs.config.Variant;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.sweep.search.Assignment;
import org.anodespark.jobs.sweep.search.SearchStrategy;

/** The settings of each training of a sweep, and where it keeps its files. */
public final class TrialPlan {
  /** A grid may have many more, and most choices are in the first ones. */
  private static final int POINTS_TO_TRY = 500;

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
    return String.format(
        Locale.ROOT, "%s/trials/trial-%04d-seed-%d", base.settings().run().dir(), trial, seed);
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
   * Looks whether the values are some that their settings can have: a choice is refused if all
   * points with it are, and the space if all of its points are.
   *
   * @param strategy the first points of which are tried
   * @throws JobFailure exit code 2, with the sentence of the first such point
   */
  public void requireValidValues(SearchStrategy strategy) {
    Map<String, JobFailure> refusals = new LinkedHashMap<>();
    Set<String> accepted = new HashSet<>();
    strategy
        .points()
        .limit(POINTS_TO_TRY)
        .forEach(
            point -> {
              Set<String> choices = choices(point);
              try {
                settings(0, 0, point);
                accepted.addAll(choices);
              } catch (JobFailure e) {
                choices.forEach(choice -> refusals.putIfAbsent(choice, e));
              }
            });
    refusals.keySet().removeAll(accepted);
    refusals.values().stream()
        .findFirst()
        .ifPresent(
            refusal -> {
              throw refusal;
            });
  }

  /** The choices of a point, and a word for being a point at all. */
  private Set<String> choices(Assignment point) {
    Set<String> choices = new LinkedHashSet<>();
    for (SearchDimension dimension : base.settings().sweep().space()) {
      String value = point.values().get(dimension.key());
      if (dimension.kind() == SearchDimension.Kind.CHOICE && value != null) {
        choices.add(dimension.key() + "=" + value);
      }
    }
    choices.add("any");
    return choices;
  }
}
