/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import java.util.Optional;
import java.util.Set;

/**
 * What a sweep looks for.
 *
 * @param measure name of the measure
 * @param maximize whether more of it is better
 */
public record Objective(String measure, boolean maximize) {
  /** What a list of them looks like, for messages. */
  static final String EXPECTED =
      "one or two objectives, as in [{ measure = test_accuracy, goal = maximize }], goal being"
          + " maximize or minimize";

  private static final String MAXIMIZE = "maximize";
  private static final Set<String> GOALS = Set.of(MAXIMIZE, "minimize");
  private static final Set<String> KEYS = Set.of("measure", "goal");

  /** Reads one; nothing if it is none. */
  static Optional<Objective> of(ConfigObject written) {
    Config config = written.toConfig();
    if (!written.keySet().equals(KEYS)
        || SettingReader.scalar(written.get("measure")).isEmpty()
        || SettingReader.scalar(written.get("goal")).filter(GOALS::contains).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Objective(config.getString("measure"), config.getString("goal").equals(MAXIMIZE)));
  }

  /** The value, the greater the better. */
  public double benefit(double value) {
    return maximize ? value : -value;
  }
}
