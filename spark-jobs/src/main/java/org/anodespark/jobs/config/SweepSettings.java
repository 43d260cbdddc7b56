/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anodespark.jobs.failure.JobFailure;

/**
 * Section {@code sweep}.
 *
 * @param space what is searched; empty where the job is another one
 * @param strategy one of {@link #STRATEGIES}
 * @param trials of all strategies but {@link #GRID}, at least 1
 * @param addedTrials how many more than the sweep had so far, at least 0; not for {@link #GRID}
 * @param seeds with which each trial is trained, rising, at least one
 * @param objectives what is looked for: one, or two at once
 * @param pruning which trials are ended early
 * @param trialsAs one of {@link #TRIALS_AS}
 * @param parallel most trainings at once; 0 is as many as there is room for
 * @param requeues how often a training may be lost with its executors before its trial is closed,
 *     at least 0
 * @param requeueSeconds pause before a lost training begins again, at least 0; each time doubled
 * @param timings how often a prediction is timed, at least 1
 */
public record SweepSettings(
    List<SearchDimension> space,
    String strategy,
    int trials,
    int addedTrials,
    List<Integer> seeds,
    List<Objective> objectives,
    PruningSettings pruning,
    String trialsAs,
    int parallel,
    int requeues,
    int requeueSeconds,
    int timings) {
  /** Every combination of the values of a grid. */
  public static final String GRID = "grid";

  /** Values that are drawn. */
  public static final String RANDOM = "random";

  /** Values at the points of a Sobol sequence. */
  public static final String SOBOL = "sobol";

  /** All strategies. */
  public static final List<String> STRATEGIES = List.of(GRID, RANDOM, SOBOL);

  /** A training is one task. */
  public static final String TASK = "task";

  /** A training is distributed. */
  public static final String CLUSTER = "cluster";

  /** What a trial can be. */
  public static final List<String> TRIALS_AS = List.of(TASK, CLUSTER);

  /** What belongs to the sweep as a whole. */
  private static final List<String> NOT_SEARCHED =
      List.of("seed", "run.", "sweep.", "experiment.", "spark.", "train.epochs");

  public SweepSettings {
    space = List.copyOf(space);
    seeds = List.copyOf(seeds);
    objectives = List.copyOf(objectives);
  }

  static SweepSettings from(SettingReader reader) {
    SweepSettings sweep =
        new SweepSettings(
            reader.list("sweep.space", SearchDimension::of, SearchDimension.EXPECTED),
            reader.choice("sweep.strategy", STRATEGIES),
            reader.wholeNumber("sweep.trials", 1),
            reader.wholeNumber("sweep.added-trials", 0),
            reader.risingWholeNumbers("sweep.seeds", 0),
            reader.list("sweep.objectives", Objective::of, Objective.EXPECTED),
            PruningSettings.from(reader),
            reader.choice("sweep.trials-as", TRIALS_AS),
            reader.wholeNumber("sweep.parallel", 0),
            reader.wholeNumber("sweep.requeues", 0),
            reader.wholeNumber("sweep.requeue-seconds", 0),
            reader.wholeNumber("sweep.timings", 1));
    sweep.requireObjectives();
    sweep.requireKnownKeys();
    sweep.requireConditionsThatCameBefore();
    return sweep;
  }

  private void requireObjectives() {
    if (objectives.isEmpty() || objectives.size() > 2) {
      throw JobFailure.badConfiguration(
          "sweep.objectives has %d objectives: expected %s."
              .formatted(objectives.size(), Objective.EXPECTED));
    }
  }

  private void requireKnownKeys() {
    if (space.isEmpty()) {
      return;
    }
    Set<String> known = new KnownKeys(SettingsLoader.reference()).settings();
    Set<String> searched = new HashSet<>();
    for (SearchDimension dimension : space) {
      String key = dimension.key();
      if (!known.contains(key)) {
        throw JobFailure.badConfiguration(
            "sweep.space searches the unknown setting %s: %s"
                .formatted(
                    key,
                    NearestName.of(key, known)
                        .map(nearest -> "did you mean " + nearest + "?")
                        .orElse("conf/reference.conf lists every setting.")));
      }
      if (NOT_SEARCHED.stream().anyMatch(key::startsWith)) {
        throw JobFailure.badConfiguration(
            "sweep.space searches %s, which all trials share: expected other settings%s."
                .formatted(
                    key,
                    key.equals("seed") ? "; sweep.seeds trains each trial several times" : ""));
      }
      if (!searched.add(key)) {
        throw JobFailure.badConfiguration(
            "sweep.space searches %s twice: expected each setting once.".formatted(key));
      }
    }
  }

  private void requireConditionsThatCameBefore() {
    Map<String, List<String>> before = new HashMap<>();
    for (SearchDimension dimension : space) {
      dimension
          .conditions()
          .forEach((key, values) -> requireChoices(dimension.key(), key, values, before.get(key)));
      before.put(dimension.key(), dimension.choices());
    }
  }

  /**
   * @param choices of the other setting; null if it is not searched
   */
  private static void requireChoices(
      String searched, String key, List<String> values, List<String> choices) {
    if (choices == null) {
      throw JobFailure.badConfiguration(
          "sweep.space searches %s when %s has some value, which is not searched before it: expected a key further up in the list."
              .formatted(searched, key));
    }
    if (values.isEmpty() || !choices.containsAll(values)) {
      throw JobFailure.badConfiguration(
          "sweep.space searches %s when %s is one of %s: expected some of its choices, which are %s."
              .formatted(searched, key, values, choices));
    }
  }
}
