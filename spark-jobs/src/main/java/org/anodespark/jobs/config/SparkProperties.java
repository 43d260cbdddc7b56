/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.SortedMap;
import java.util.TreeMap;
import org.anodespark.jobs.failure.JobFailure;

/**
 * The free section {@code spark.conf}, whose keys are Spark's own dotted names.
 *
 * <p>HOCON reads {@code spark.eventLog.enabled} as a path of three sections unless it is quoted.
 * Here both spellings become one flat name, so that of {@code spark.speculation} and {@code
 * spark.speculation.interval} neither hides the other.
 */
final class SparkProperties {
  static final String SECTION = "spark.conf";

  private static final String PREFIX = SECTION + ".";

  private SparkProperties() {}

  /** Whether a key given with {@code --set} lies below {@link #SECTION}. */
  static boolean contain(String key) {
    return key.startsWith(PREFIX);
  }

  /**
   * Flattens the section.
   *
   * @param resolved a configuration in which {@link #SECTION} is a section
   * @param overrides full keys (see {@link #contain}) and values that win over the section
   */
  static Config flatten(Config resolved, SortedMap<String, ConfigValue> overrides) {
    SortedMap<String, ConfigValue> properties = new TreeMap<>();
    collect(SECTION, resolved.getObject(SECTION), properties);
    properties.putAll(overrides);
    ConfigObject section = ConfigValueFactory.fromMap(new TreeMap<>());
    for (var property : properties.entrySet()) {
      section =
          section.withValue(
              property.getKey().substring(PREFIX.length()),
              text(property.getKey(), property.getValue()));
    }
    return resolved.withValue(SECTION, section);
  }

  private static void collect(
      String path, ConfigObject section, SortedMap<String, ConfigValue> properties) {
    for (var entry : section.entrySet()) {
      String key = path + "." + entry.getKey();
      ConfigValue value = entry.getValue();
      if (value instanceof ConfigObject nested) {
        collect(key, nested, properties);
      } else if (value.valueType() != ConfigValueType.NULL) {
        ConfigValue earlier = properties.put(key, value);
        if (earlier != null) {
          throw JobFailure.badConfiguration(
              String.format(
                  "%s is given quoted and unquoted (%s and %s): expected one spelling.",
                  key, Origin.describe(earlier.origin()), Origin.describe(value.origin())));
        }
      }
    }
  }

  private static ConfigValue text(String key, ConfigValue value) {
    if (!key.startsWith(PREFIX + "spark.")) {
      throw JobFailure.badConfiguration(
          String.format(
              "%s (%s) is no property of Spark: expected a full name as in %sspark.eventLog.enabled.",
              key, Origin.describe(value.origin()), PREFIX));
    }
    String text =
        SettingReader.scalar(value)
            .orElseThrow(
                () -> SettingReader.unexpected(key, value, "text, a number, true or false"));
    return ConfigValueFactory.fromAnyRef(text).withOrigin(value.origin());
  }
}
