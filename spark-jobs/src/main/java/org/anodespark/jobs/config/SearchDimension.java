/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.anodespark.jobs.failure.JobFailure;

/**
 * A setting that a sweep searches, and its values.
 *
 * @param key full path of the setting
 * @param kind how the values are spread
 * @param choices of a {@link Kind#CHOICE}, each as JSON
 * @param low least value of any other kind
 * @param high greatest value, above {@code low}
 * @param gridValues how many values a grid has of a continuous kind, at least 2
 * @param conditions for each other setting, by key, the values, as JSON, with which this one is
 *     searched; empty: always
 */
public record SearchDimension(
    String key,
    Kind kind,
    List<String> choices,
    double low,
    double high,
    int gridValues,
    SortedMap<String, List<String>> conditions) {
  /** What a list of them looks like, for messages. */
  static final String EXPECTED =
      "a list of settings with their values, as in [{ key = optimizer.learning-rate, log-uniform ="
          + " [0.001, 0.1] }, { key = model.block.solver, choice = [euler, rk4] }], each with one"
          + " of choice, uniform, log-uniform and integer, and maybe with grid-values and when";

  private static final Set<String> OTHER_KEYS = Set.of("key", "grid-values", "when");
  private static final int USUAL_GRID_VALUES = 3;

  /** Digits of values between two bounds: nobody searches for more. */
  private static final MathContext DIGITS = new MathContext(4);

  /** How values are spread. */
  public enum Kind {
    /** Values that are listed. */
    CHOICE("choice"),
    /** Numbers, evenly. */
    UNIFORM("uniform"),
    /** Positive numbers, their logarithms evenly. */
    LOG_UNIFORM("log-uniform"),
    /** Whole numbers, both bounds included. */
    INTEGER("integer");

    private final String written;

    Kind(String written) {
      this.written = written;
    }
  }

  public SearchDimension {
    choices = List.copyOf(choices);
    conditions = new TreeMap<>(conditions);
  }

  /**
   * Reads one; nothing if it is none.
   *
   * @throws JobFailure exit code 2, if bounds are reversed or no bounds of their kind, or values
   *     are missing
   */
  static Optional<SearchDimension> of(ConfigObject written) {
    List<Kind> kinds =
        Arrays.stream(Kind.values()).filter(kind -> written.containsKey(kind.written)).toList();
    Set<String> others =
        written.keySet().stream()
            .filter(key -> kinds.stream().noneMatch(kind -> kind.written.equals(key)))
            .collect(Collectors.toSet());
    if (kinds.size() != 1
        || !OTHER_KEYS.containsAll(others)
        || !written.containsKey("key")
        || !(written.get(kinds.get(0).written) instanceof ConfigList values)) {
      return Optional.empty();
    }
    Optional<String> key = SettingReader.scalar(written.get("key"));
    Optional<SortedMap<String, List<String>>> conditions = conditions(written.toConfig());
    if (key.isEmpty() || conditions.isEmpty()) {
      return Optional.empty();
    }
    Kind kind = kinds.get(0);
    int gridValues = gridValues(key.get(), written.get("grid-values"));
    return Optional.of(
        kind == Kind.CHOICE
            ? new SearchDimension(
                key.get(), kind, choices(key.get(), values), 0, 0, gridValues, conditions.get())
            : between(key.get(), kind, values, gridValues, conditions.get()));
  }

  private static SearchDimension between(
      String key,
      Kind kind,
      ConfigList values,
      int gridValues,
      SortedMap<String, List<String>> conditions) {
    List<Double> bounds = values.stream().flatMap(value -> number(value).stream()).toList();
    if (values.size() != 2 || bounds.size() != 2) {
      throw wrong(key, kind, values, "two numbers, the lower one first");
    }
    double low = bounds.get(0);
    double high = bounds.get(1);
    if (low >= high) {
      throw wrong(key, kind, values, "the lower bound first, and a greater one");
    }
    if (kind == Kind.LOG_UNIFORM && low <= 0) {
      throw wrong(key, kind, values, "bounds above 0");
    }
    if (kind == Kind.INTEGER && (low != Math.rint(low) || high != Math.rint(high))) {
      throw wrong(key, kind, values, "whole numbers");
    }
    return new SearchDimension(key, kind, List.of(), low, high, gridValues, conditions);
  }

  private static JobFailure wrong(String key, Kind kind, ConfigList values, String expected) {
    return JobFailure.badConfiguration(
        "sweep.space has %s %s = %s (%s): expected %s."
            .formatted(
                key,
                kind.written,
                values.render(ConfigRenderOptions.concise()),
                Origin.describe(values.origin()),
                expected));
  }

  private static List<String> choices(String key, ConfigList values) {
    List<String> choices = values.stream().map(SearchDimension::json).distinct().toList();
    if (choices.isEmpty()) {
      throw wrong(key, Kind.CHOICE, values, "at least one value");
    }
    return choices;
  }

  private static int gridValues(String key, ConfigValue written) {
    if (written == null) {
      return USUAL_GRID_VALUES;
    }
    return number(written)
        .filter(count -> count >= 2 && count == Math.rint(count))
        .map(Double::intValue)
        .orElseThrow(
            () ->
                SettingReader.unexpected(
                    "grid-values of " + key + " in sweep.space",
                    written,
                    "a whole number of at least 2"));
  }

  private static Optional<SortedMap<String, List<String>>> conditions(Config written) {
    SortedMap<String, List<String>> conditions = new TreeMap<>();
    if (!written.hasPath("when")) {
      return Optional.of(conditions);
    }
    if (!(written.getValue("when") instanceof ConfigObject when)) {
      return Optional.empty();
    }
    for (Map.Entry<String, ConfigValue> entry : when.toConfig().entrySet()) {
      conditions.put(
          String.join(".", ConfigUtil.splitPath(entry.getKey())),
          entry.getValue() instanceof ConfigList list
              ? list.stream().map(SearchDimension::json).toList()
              : List.of(json(entry.getValue())));
    }
    return Optional.of(conditions);
  }

  private static Optional<Double> number(ConfigValue value) {
    return SettingReader.decimal(value).map(BigDecimal::doubleValue).filter(Double::isFinite);
  }

  private static String json(ConfigValue value) {
    return value.render(ConfigRenderOptions.concise());
  }

  /**
   * The value at a place of the unit interval, as JSON.
   *
   * @param place from 0 to 1, 1 excluded
   */
  public String at(double place) {
    return switch (kind) {
      case CHOICE -> choices.get((int) (place * choices.size()));
      case UNIFORM -> number(low + place * (high - low));
      case LOG_UNIFORM -> number(low * Math.pow(high / low, place));
      case INTEGER -> whole(low + Math.floor(place * (high - low + 1)));
    };
  }

  /** The values of a grid, each as JSON: all that are listed, others at equal distances. */
  public List<String> grid() {
    if (kind == Kind.CHOICE) {
      return choices;
    }
    Set<String> values = new LinkedHashSet<>();
    for (int i = 0; i < gridValues; i++) {
      double place = (double) i / (gridValues - 1);
      values.add(kind == Kind.INTEGER ? whole(Math.rint(low + place * (high - low))) : at(place));
    }
    return new ArrayList<>(values);
  }

  private String number(double value) {
    double rounded = new BigDecimal(value).round(DIGITS).doubleValue();
    return String.valueOf(Math.min(high, Math.max(low, rounded)));
  }

  private static String whole(double value) {
    return String.valueOf((long) value);
  }
}
