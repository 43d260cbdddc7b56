/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A name for some settings, by which the runs of an experiment differ.
 *
 * @param name lower-case letters, digits and hyphens
 * @param settings those that differ, as a JSON object
 */
public record Variant(String name, String settings) {
  /** What a list of them looks like, for messages. */
  static final String EXPECTED =
      "a list of variants with names of lower-case letters, digits and hyphens, no two the same,"
          + " as in [{ name = plain }, { name = shorter, settings { train.epochs = 2 } }]";

  private static final Predicate<String> NAME =
      Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*").asMatchPredicate();
  private static final Set<String> KEYS = Set.of("name", "settings");

  /** Reads one; nothing if it is none. */
  static Optional<Variant> of(ConfigObject written) {
    Config config = written.toConfig();
    if (!KEYS.containsAll(written.keySet())
        || !config.hasPath("name")
        || SettingReader.scalar(config.getValue("name")).filter(NAME).isEmpty()
        || (config.hasPath("settings") && !(config.getValue("settings") instanceof ConfigObject))) {
      return Optional.empty();
    }
    String settings =
        config.hasPath("settings")
            ? config.getObject("settings").render(ConfigRenderOptions.concise())
            : "{}";
    return Optional.of(new Variant(config.getString("name"), settings));
  }
}
