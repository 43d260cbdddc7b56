/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import java.util.List;

/**
 * What {@link SettingsLoader} found.
 *
 * @param settings the checked values
 * @param config the same values as one HOCON tree, without substitutions and each in its type, so
 *     that equal settings have equal trees: rendered and loaded again, it gives the same once more
 */
public record ResolvedSettings(Settings settings, Config config) {
  /**
   * Sources that come to the same without any file: an override for each setting that is not as in
   * {@code reference.conf}.
   */
  public SettingSources asOverrides() {
    Config reference = SettingsLoader.load(new SettingSources(List.of(), List.of())).config();
    return new SettingSources(
        List.of(),
        config.entrySet().stream()
            .filter(
                entry ->
                    !reference.hasPath(entry.getKey())
                        || !reference.getValue(entry.getKey()).equals(entry.getValue()))
            .map(
                entry ->
                    SettingOverride.typed(
                        String.join(".", ConfigUtil.splitPath(entry.getKey())), entry.getValue()))
            .sorted()
            .toList());
  }
}
