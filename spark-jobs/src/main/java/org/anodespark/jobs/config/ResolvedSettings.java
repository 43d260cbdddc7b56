/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.List;
import java.util.Map;

/**
 * What {@link SettingsLoader} found.
 *
 * @param settings the checked values
 * @param config the same values as one HOCON tree, without substitutions and each in its type, so
 *     that equal settings have equal trees: rendered and loaded again, it gives the same once more
 */
public record ResolvedSettings(Settings settings, Config config) {
  /** On one line, as {@link SettingsLoader#parse} reads them. */
  public String rendered() {
    return config.root().render(ConfigRenderOptions.concise());
  }

  /** The settings that are not as in {@code reference.conf}. */
  public Config differences() {
    Config reference = SettingsLoader.load(new SettingSources(List.of(), List.of())).config();
    Config differences = ConfigFactory.empty();
    for (Map.Entry<String, ConfigValue> entry : config.entrySet()) {
      if (!reference.hasPath(entry.getKey())
          || !reference.getValue(entry.getKey()).equals(entry.getValue())) {
        differences = differences.withValue(entry.getKey(), entry.getValue());
      }
    }
    return differences;
  }

  /** Sources that come to the same without any file: an override for each of the differences. */
  public SettingSources asOverrides() {
    return new SettingSources(
        List.of(),
        differences().entrySet().stream()
            .map(
                entry ->
                    SettingOverride.typed(
                        String.join(".", ConfigUtil.splitPath(entry.getKey())), entry.getValue()))
            .sorted()
            .toList());
  }
}
