/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import java.util.Optional;
import java.util.Set;

/**
 * A figure from elsewhere.
 *
 * @param network name of the network; empty where there is only one
 * @param method name of the method
 * @param measure name of the measure
 * @param value the figure, in our unit
 */
public record PublishedFigure(String network, String method, String measure, double value) {
  /** What a list of them looks like, for messages. */
  static final String EXPECTED =
      "a list of figures, as in [{ network = resnet, method = plain, measure = test_accuracy,"
          + " value = 0.9 }], network being optional";

  private static final Set<String> KEYS = Set.of("network", "method", "measure", "value");

  /** Reads one; nothing if it is none. */
  static Optional<PublishedFigure> of(ConfigObject written) {
    Config config = written.toConfig();
    if (!KEYS.containsAll(written.keySet())) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new PublishedFigure(
              config.hasPath("network") ? config.getString("network") : "",
              config.getString("method"),
              config.getString("measure"),
              config.getDouble("value")));
    } catch (ConfigException e) {
      return Optional.empty();
    }
  }
}
