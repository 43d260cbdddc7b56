/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.anodespark.jobs.failure.JobFailure;

/**
 * Merges {@code reference.conf} (a copy is in the jar, next to this class) with the user's sources
 * and checks the outcome.
 */
public final class SettingsLoader {
  /** Sections of jobs that are made of several runs. */
  private static final List<String> OF_MANY_RUNS = List.of("experiment", "sweep");

  /** What a run of an experiment or a sweep cannot have for itself. */
  private static final List<String> OF_THE_WHOLE =
      List.of("seed", "run", "experiment", "sweep", "spark");

  /** What a run of an experiment must know of it. */
  private static final List<String> OF_EACH_CELL =
      List.of("experiment.iterations", "experiment.stochastic-solver");

  private SettingsLoader() {}

  /**
   * Reads all sources, the later ones winning key by key, and resolves substitutions ({@code
   * ${...}}: other keys, then environment variables) in the merged tree.
   *
   * @throws JobFailure exit code 2, when a source cannot be read, or holds an unknown key or a
   *     value out of its range
   */
  public static ResolvedSettings load(SettingSources sources) {
    return load(sources, UnaryOperator.identity());
  }

  /**
   * As {@link #load}, with the values of Spark's secret properties masked: for all uses but to
   * start Spark.
   */
  public static ResolvedSettings loadWithoutSecrets(SettingSources sources) {
    return load(
        sources, config -> ((ConfigObject) SparkSecrets.mask("", config.root())).toConfig());
  }

  private static ResolvedSettings load(SettingSources sources, UnaryOperator<Config> mask) {
    try {
      return merge(sources, mask);
    } catch (ConfigException e) {
      throw JobFailure.badConfiguration("The configuration cannot be read: " + sentence(e), e);
    }
  }

  private static ResolvedSettings merge(SettingSources sources, UnaryOperator<Config> mask) {
    Config reference = reference();
    Config merged = reference;
    for (Path file : sources.files()) {
      merged = parse(file).withFallback(merged);
    }
    SortedMap<String, ConfigValue> sparkProperties = new TreeMap<>();
    for (String typed : sources.overrides()) {
      SettingOverride override = SettingOverride.parse(typed);
      if (SparkProperties.contain(override.key())) {
        sparkProperties.put(override.key(), override.value());
      } else {
        merged =
            ConfigFactory.empty().withValue(override.key(), override.value()).withFallback(merged);
      }
    }
    Config resolved = merged.resolve();
    new KnownKeys(reference).check(resolved);
    return checked(mask.apply(SparkProperties.flatten(resolved, sparkProperties)));
  }

  /**
   * The settings of a run that an experiment or a sweep is made of.
   *
   * @param base those of the whole
   * @param variants what is different, the later ones winning
   * @param values settings by key, which win over the variants
   * @throws JobFailure exit code 2, when a variant has an unknown key, a value out of its range, or
   *     a key that belongs to the whole
   */
  public static ResolvedSettings vary(
      ResolvedSettings base, List<Variant> variants, Map<String, ?> values) {
    Config reference = reference();
    KnownKeys known = new KnownKeys(reference);
    Config defaults = reference.resolve();
    Config merged = base.config();
    for (String section : OF_MANY_RUNS) {
      merged = merged.withValue(section, defaults.getValue(section));
    }
    for (String key : OF_EACH_CELL) {
      merged = merged.withValue(key, base.config().getValue(key));
    }
    try {
      for (Variant variant : variants) {
        Config settings =
            ConfigFactory.parseString(
                variant.settings(),
                ConfigParseOptions.defaults()
                    .setOriginDescription("the variant " + variant.name()));
        known.check(settings);
        refuseThoseOfTheWhole(variant, settings);
        merged = settings.withFallback(merged);
      }
      merged = ConfigFactory.parseMap(values, "the experiment").withFallback(merged);
      return checked(SparkProperties.flatten(merged.resolve(), new TreeMap<>()));
    } catch (ConfigException e) {
      throw JobFailure.badConfiguration("The settings of a run cannot be read: " + sentence(e), e);
    }
  }

  private static void refuseThoseOfTheWhole(Variant variant, Config settings) {
    for (String key : OF_THE_WHOLE) {
      if (settings.hasPathOrNull(key)) {
        throw JobFailure.badConfiguration(
            "The variant %s sets %s, which all runs of an experiment share: set it outside of experiment%s."
                .formatted(
                    variant.name(),
                    key,
                    key.equals("seed") ? ", or several with experiment.seeds" : ""));
      }
    }
  }

  /**
   * Reads settings that were rendered.
   *
   * @param text of {@link ResolvedSettings#rendered()}
   */
  public static ResolvedSettings parse(String text) {
    return checked(SparkProperties.flatten(ConfigFactory.parseString(text), new TreeMap<>()));
  }

  private static ResolvedSettings checked(Config flattened) {
    SettingReader reader = new SettingReader(flattened);
    return new ResolvedSettings(Settings.from(reader), reader.valuesRead());
  }

  /** The defaults of all keys. */
  static Config reference() {
    return Reference.PARSED;
  }

  /** Read once: the settings of each of many runs are held against it. */
  private static final class Reference {
    static final Config PARSED =
        ConfigFactory.parseResources(
            SettingsLoader.class,
            "reference.conf",
            ConfigParseOptions.defaults().setAllowMissing(false));
  }

  private static Config parse(Path file) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw JobFailure.badConfiguration(
          "The configuration file "
              + file
              + " is not a file that can be read: expected a HOCON file, as conf/reference.conf is; see what --conf names.");
    }
    return ConfigFactory.parseFile(file.toFile());
  }

  /** The library's message on one line, ended by a full stop. */
  static String sentence(ConfigException e) {
    String line = e.getMessage().strip().replaceAll("\\s+", " ");
    return line.endsWith(".") || line.endsWith("?") ? line : line + ".";
  }
}
