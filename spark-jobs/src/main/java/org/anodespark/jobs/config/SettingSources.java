/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where settings come from beyond {@code reference.conf}, weakest first: each file in turn, then
 * each override in turn.
 *
 * @param files HOCON files, the profile first
 * @param overrides {@code key=value}, as typed after {@code --set}
 */
public record SettingSources(List<Path> files, List<String> overrides) {
  public SettingSources {
    files = List.copyOf(files);
    overrides = List.copyOf(overrides);
  }

  /** These sources with Spark's secret properties masked in the overrides. */
  public SettingSources withoutSecrets() {
    return new SettingSources(
        files, overrides.stream().map(SettingOverride::withoutSecrets).toList());
  }

  /** These sources with overrides that win over all the others. */
  public SettingSources and(List<String> strongerOverrides) {
    return new SettingSources(
        files, Stream.concat(overrides.stream(), strongerOverrides.stream()).toList());
  }
}
