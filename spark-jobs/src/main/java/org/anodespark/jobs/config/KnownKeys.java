/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeMap;
import org.anodespark.jobs.failure.JobFailure;

/** The keys of {@code reference.conf}, and the refusal of any other. */
final class KnownKeys {
  private final Set<String> settings = new LinkedHashSet<>();
  private final Set<String> sections = new LinkedHashSet<>();

  KnownKeys(Config reference) {
    collect("", reference.root());
  }

  private void collect(String prefix, ConfigObject section) {
    for (var entry : new TreeMap<>(section).entrySet()) {
      String key = prefix + ConfigUtil.joinPath(entry.getKey());
      if (key.equals(SparkProperties.SECTION)) {
        sections.add(key);
      } else if (entry.getValue() instanceof ConfigObject nested) {
        sections.add(key);
        collect(key + ".", nested);
      } else {
        settings.add(key);
      }
    }
  }

  /** The full path of every setting, sorted; sections are left out. */
  Set<String> settings() {
    return settings;
  }

  /**
   * Looks through a whole configuration.
   *
   * @throws JobFailure naming the first key that is not known, or that holds a value where a
   *     section belongs
   */
  void check(Config resolved) {
    check("", resolved.root());
  }

  private void check(String prefix, ConfigObject section) {
    for (var entry : new TreeMap<>(section).entrySet()) {
      String key = prefix + ConfigUtil.joinPath(entry.getKey());
      ConfigValue value = entry.getValue();
      if (sections.contains(key)) {
        if (!(value instanceof ConfigObject nested)) {
          throw SettingReader.unexpected(key, value, "a section");
        }
        if (!key.equals(SparkProperties.SECTION)) {
          check(key + ".", nested);
        }
      } else if (!settings.contains(key)) {
        throw unknown(key, value);
      }
    }
  }

  private JobFailure unknown(String key, ConfigValue value) {
    if (value instanceof ConfigObject section && !section.isEmpty()) {
      var first = new TreeMap<>(section).firstEntry();
      return unknown(key + "." + ConfigUtil.joinPath(first.getKey()), first.getValue());
    }
    String advice =
        NearestName.of(key, settings)
            .map(nearest -> "did you mean " + nearest + "?")
            .orElse("conf/reference.conf lists every setting.");
    return JobFailure.badConfiguration(
        String.format("Unknown setting %s (%s): %s", key, Origin.describe(value.origin()), advice));
  }
}
