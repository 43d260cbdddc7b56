/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.regex.Pattern;
import org.anodespark.jobs.failure.JobFailure;

/**
 * One {@code --set key=value}.
 *
 * @param key a path as in {@code reference.conf}
 * @param value HOCON when it begins with one of <code>[ { "</code>, otherwise the text as it is, so
 *     that paths and URLs need no quotes beyond the shell's
 */
record SettingOverride(String key, ConfigValue value) {
  private static final String ORIGIN = "--set";
  private static final Pattern HOCON = Pattern.compile("\\s*[\\[{\"].*", Pattern.DOTALL);

  static SettingOverride parse(String typed) {
    int equals = typed.indexOf('=');
    if (equals < 1) {
      throw JobFailure.badConfiguration("--set " + typed + ": expected KEY=VALUE.");
    }
    String key = typed.substring(0, equals).strip();
    String value = typed.substring(equals + 1);
    try {
      ConfigUtil.splitPath(key);
      return new SettingOverride(key, value(value));
    } catch (ConfigException e) {
      throw JobFailure.badConfiguration(
          "--set " + SparkSecrets.mask(typed) + " cannot be read: " + SettingsLoader.sentence(e),
          e);
    }
  }

  /** The same text, with Spark's secret properties in it masked. */
  static String withoutSecrets(String typed) {
    SettingOverride override = parse(typed);
    ConfigValue masked = SparkSecrets.mask(plain(override.key), override.value);
    return masked.equals(override.value) ? typed : typed(override.key, masked);
  }

  private static String plain(String key) {
    return String.join(".", ConfigUtil.splitPath(key));
  }

  /** What may be typed after {@code --set}, so that {@link #parse} gives this value. */
  static String typed(String key, ConfigValue value) {
    String text =
        SettingReader.scalar(value)
            .map(plain -> HOCON.matcher(plain).matches() ? ConfigUtil.quoteString(plain) : plain)
            .orElseGet(() -> value.render(ConfigRenderOptions.concise()));
    return key + "=" + text;
  }

  private static ConfigValue value(String typed) {
    Object plain =
        HOCON.matcher(typed).matches()
            ? ConfigFactory.parseString("value = " + typed).resolve().getAnyRef("value")
            : typed;
    return ConfigValueFactory.fromAnyRef(plain, ORIGIN);
  }
}
