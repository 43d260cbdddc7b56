/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.run;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.anodespark.jobs.failure.JobFailure;

/** Reads {@code resolved.conf}. */
final class SettingsFile {
  private SettingsFile() {}

  /**
   * The settings that a run directory holds.
   *
   * @param advice what to do when the file is damaged
   * @throws JobFailure with exit code 2 when it is
   */
  static Config read(RunDirectory directory, String advice) {
    String text =
        new String(directory.read(RunDirectory.RESOLVED_SETTINGS), StandardCharsets.UTF_8);
    try {
      return ConfigFactory.parseString(text, ConfigParseOptions.defaults());
    } catch (ConfigException e) {
      throw JobFailure.badConfiguration(
          "The file %s/%s is damaged (%s): %s."
              .formatted(
                  directory.location(), RunDirectory.RESOLVED_SETTINGS, e.getMessage(), advice),
          e);
    }
  }

  /** The values of settings, in words, by key. */
  static SortedMap<String, String> values(Config config) {
    SortedMap<String, String> values = new TreeMap<>();
    for (Map.Entry<String, ConfigValue> entry : config.entrySet()) {
      values.put(
          String.join(".", ConfigUtil.splitPath(entry.getKey())),
          text(entry.getValue().unwrapped()));
    }
    return values;
  }

  /**
   * The same for 0, 0.0 and 0e1: a rendered number is read in another type; and for sections in
   * lists whose keys stand in another order.
   */
  private static String text(Object value) {
    if (value instanceof Map<?, ?> section) {
      SortedMap<String, String> sorted = new TreeMap<>();
      section.forEach((key, inner) -> sorted.put(String.valueOf(key), text(inner)));
      return sorted.toString();
    }
    if (value instanceof Number number) {
      return new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
    }
    if (value instanceof List<?> list) {
      return list.stream().map(SettingsFile::text).toList().toString();
    }
    return String.valueOf(value);
  }
}
