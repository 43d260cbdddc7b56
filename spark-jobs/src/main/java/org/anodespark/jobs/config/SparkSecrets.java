/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps passwords among Spark's properties out of everything that is shown or written. What counts
 * as one is what Spark itself hides in its logs and its user interface: the default of {@code
 * spark.redaction.regex}, also with other separators, looked for in the name and in the value.
 */
public final class SparkSecrets {
  /** What stands in place of a secret, as in Spark's own output. */
  public static final String MASK = "*********(redacted)";

  private static final Pattern SECRET =
      Pattern.compile("secret|password|token|access[._-]?key", Pattern.CASE_INSENSITIVE);

  /** {@code NAME=VALUE}, perhaps behind an option. */
  private static final Pattern ASSIGNMENT =
      Pattern.compile("((?:--conf=)?)((?:spark\\.conf\\.)?spark\\.[^=\\s]+)=(.*)", Pattern.DOTALL);

  private SparkSecrets() {}

  /** A word of a command line; the value of a secret property in it is masked. */
  public static String mask(String word) {
    Matcher assignment = ASSIGNMENT.matcher(word);
    return assignment.matches() && isSecret(assignment.group(2), assignment.group(3))
        ? assignment.group(1) + assignment.group(2) + "=" + MASK
        : word;
  }

  /**
   * A setting, or a tree of them, in which secrets below {@code spark.conf} are masked.
   *
   * @param key where the value stands in the whole configuration; empty for the whole
   */
  static ConfigValue mask(String key, ConfigValue value) {
    if (value instanceof ConfigObject section) {
      ConfigObject masked = section;
      for (Map.Entry<String, ConfigValue> entry : section.entrySet()) {
        String inner = key.isEmpty() ? entry.getKey() : key + "." + entry.getKey();
        masked = masked.withValue(entry.getKey(), mask(inner, entry.getValue()));
      }
      return masked;
    }
    return SparkProperties.contain(key) && isSecret(key, SettingReader.scalar(value).orElse(""))
        ? ConfigValueFactory.fromAnyRef(MASK)
        : value;
  }

  /** Whether the name of a setting, or its value, tells of a secret. */
  public static boolean isSecret(String name, String value) {
    return SECRET.matcher(name).find() || SECRET.matcher(value).find();
  }
}
