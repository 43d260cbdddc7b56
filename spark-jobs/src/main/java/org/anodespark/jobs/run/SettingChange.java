/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.run;

import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * A setting that has another value than it had.
 *
 * @param key the setting, such as {@code train.batch-size}
 * @param before its value, in words
 * @param now its value, in words
 */
record SettingChange(String key, String before, String now) {
  private static final String NOT_SET = "not set";

  /** Sections that say where and how safely a run takes place, not what it comes to. */
  private static final List<String> WITHOUT_EFFECT_ON_THE_RESULT =
      List.of("run.", "checkpoint.", "spark.", "evaluate.", "predict.", "export.", "report.");

  /** What may be changed of a sweep that goes on, which notes it. */
  private static final List<String> NOTED_BY_A_SWEEP =
      List.of(
          "sweep.space",
          "sweep.strategy",
          "sweep.trials",
          "sweep.added-trials",
          "sweep.parallel",
          "sweep.requeues",
          "sweep.requeue-seconds",
          "sweep.timings");

  /** What says how a trained network is measured. */
  private static final List<String> OF_MEASURES = List.of("evaluate.batch-size", "evaluate.top-k");

  /** Kernels round in their own ways. */
  private static final String KERNELS = "spark.kernels";

  /** All differences, in alphabetical order of keys. */
  static List<SettingChange> between(Config before, Config now) {
    SortedMap<String, String> was = SettingsFile.values(before);
    SortedMap<String, String> is = SettingsFile.values(now);
    TreeSet<String> keys = new TreeSet<>(was.keySet());
    keys.addAll(is.keySet());
    List<SettingChange> changes = new ArrayList<>();
    for (String key : keys) {
      String old = was.getOrDefault(key, NOT_SET);
      String current = is.getOrDefault(key, NOT_SET);
      if (!old.equals(current)) {
        changes.add(new SettingChange(key, old, current));
      }
    }
    return changes;
  }

  /** Whether a run could come to other parameters because of it. */
  boolean mayChangeTheResult() {
    return key.equals(KERNELS)
        || (WITHOUT_EFFECT_ON_THE_RESULT.stream().noneMatch(key::startsWith)
            && !NOTED_BY_A_SWEEP.contains(key));
  }

  /** Whether a run could come to other parameters, or to other measures of them, because of it. */
  boolean mayChangeMeasures() {
    return mayChangeTheResult() || OF_MEASURES.contains(key);
  }

  /** For people: {@code train.batch-size was 32 and is 64}. */
  @Override
  public String toString() {
    return "%s was %s and is %s".formatted(key, before, now);
  }
}
