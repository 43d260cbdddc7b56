/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.search;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A point of a search space.
 *
 * @param values by key of the setting, each as JSON; settings whose conditions do not hold are
 *     missing
 */
public record Assignment(SortedMap<String, String> values) {
  public Assignment {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /** The settings as one JSON object. */
  public String settings() {
    Config settings = ConfigFactory.empty();
    for (Map.Entry<String, String> entry : values.entrySet()) {
      settings =
          settings.withValue(
              entry.getKey(),
              ConfigFactory.parseString("value=" + entry.getValue()).getValue("value"));
    }
    return settings.root().render(ConfigRenderOptions.concise());
  }

  /** For people: {@code optimizer.learning-rate=0.01 model.block.solver=rk4}. */
  @Override
  public String toString() {
    return values.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + plain(entry.getValue()))
        .collect(Collectors.joining(" "));
  }

  /** The value of a setting, without the quotes of JSON; empty if it is missing. */
  public String value(String key) {
    return plain(values.getOrDefault(key, ""));
  }

  /** A value without the quotes of JSON. */
  public static String plain(String json) {
    return json.startsWith("\"") && json.endsWith("\"") && json.length() >= 2
        ? json.substring(1, json.length() - 1)
        : json;
  }
}
