/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import org.anodespark.jobs.failure.JobFailure;

/**
 * Reads one setting at a time, checks it and remembers it. Every reading method throws {@link
 * JobFailure} with a sentence that names the key, the value found, where it was written and what
 * was expected.
 */
final class SettingReader {
  private static final Map<String, Boolean> FLAGS =
      Map.of("true", true, "yes", true, "on", true, "false", false, "no", false, "off", false);

  private final Config config;
  private final SortedMap<String, Object> valuesRead = new TreeMap<>();

  /**
   * @param config resolved: no substitutions left
   */
  SettingReader(Config config) {
    this.config = config;
  }

  /** Text, which may be empty. */
  String text(String key) {
    return text(key, any -> true, "text");
  }

  /** Text that satisfies a condition, which {@code expected} puts into words. */
  String text(String key, Predicate<String> valid, String expected) {
    return read(key, expected, value -> scalar(value).filter(valid));
  }

  /** One of the given words. */
  String choice(String key, String... choices) {
    return choice(key, List.of(choices));
  }

  /** One of the given words. */
  String choice(String key, List<String> known) {
    return text(key, known::contains, "one of " + String.join(", ", known));
  }

  /** A list of texts, which may be empty. */
  List<String> texts(String key) {
    return texts(key, any -> true, "a list of texts, as in [a, b]");
  }

  /** A list, maybe empty, of texts that satisfy a condition; {@code expected} tells of the list. */
  List<String> texts(String key, Predicate<String> valid, String expected) {
    return read(
        key,
        expected,
        value ->
            value instanceof ConfigList list
                ? allTexts(list).filter(texts -> texts.stream().allMatch(valid))
                : Optional.empty());
  }

  /** {@code true} or {@code false}, which HOCON also writes as yes, on, no and off. */
  boolean flag(String key) {
    return read(
        key,
        "true or false",
        value -> scalar(value).map(text -> text.toLowerCase(Locale.ROOT)).map(FLAGS::get));
  }

  /** Any 64-bit whole number. */
  long wholeNumber(String key) {
    return read(
        key,
        "a whole number of at most 64 bits",
        value -> wholeNumber(value, Long.MIN_VALUE, Long.MAX_VALUE));
  }

  /** A whole number of at least {@code least}. */
  int wholeNumber(String key, int least) {
    return read(
            key,
            "a whole number of at least " + least,
            value -> wholeNumber(value, least, Integer.MAX_VALUE))
        .intValue();
  }

  /** A whole number from {@code least} to {@code most}, both included. */
  int wholeNumber(String key, int least, int most) {
    return read(
            key,
            "a whole number from " + least + " to " + most,
            value -> wholeNumber(value, least, most))
        .intValue();
  }

  /** A list of exactly {@code size} whole numbers of at least {@code least}. */
  List<Integer> wholeNumbers(String key, int size, int least) {
    return read(
        key,
        "a list of " + size + " whole numbers of at least " + least,
        value ->
            value instanceof ConfigList list && list.size() == size
                ? allWholeNumbers(list, least)
                : Optional.empty());
  }

  /** A list, maybe empty, of whole numbers of at least {@code least}, each above the one before. */
  List<Integer> risingWholeNumbers(String key, int least) {
    return read(
        key,
        "a list of rising whole numbers of at least " + least,
        value ->
            value instanceof ConfigList list
                ? allWholeNumbers(list, least).filter(SettingReader::isRising)
                : Optional.empty());
  }

  private static boolean isRising(List<Integer> numbers) {
    for (int i = 1; i < numbers.size(); i++) {
      if (numbers.get(i) <= numbers.get(i - 1)) {
        return false;
      }
    }
    return true;
  }

  /** A finite number that satisfies a condition, which {@code expected} puts into words. */
  double number(String key, DoublePredicate valid, String expected) {
    return read(
        key,
        expected,
        value ->
            decimal(value)
                .map(BigDecimal::doubleValue)
                .filter(Double::isFinite)
                .filter(valid::test));
  }

  /** A list, maybe empty, of sections that are what {@code expected} puts into words. */
  <T> List<T> list(String key, Function<ConfigObject, Optional<T>> conversion, String expected) {
    return convertedList(key, conversion, any -> true, expected);
  }

  /** A list, maybe empty, of variants with different names. */
  List<Variant> variants(String key) {
    return convertedList(
        key,
        Variant::of,
        variants -> variants.stream().map(Variant::name).distinct().count() == variants.size(),
        Variant.EXPECTED);
  }

  private <T> List<T> convertedList(
      String key,
      Function<ConfigObject, Optional<T>> conversion,
      Predicate<List<T>> valid,
      String expected) {
    List<T> converted = new ArrayList<>();
    read(
        key,
        expected,
        value -> {
          if (!(value instanceof ConfigList list)) {
            return Optional.empty();
          }
          for (ConfigValue element : list) {
            if (element instanceof ConfigObject section) {
              conversion.apply(section).ifPresent(converted::add);
            }
          }
          return converted.size() == list.size() && valid.test(converted)
              ? Optional.of(list)
              : Optional.empty();
        });
    return converted;
  }

  /** The tree below {@code key}. */
  ConfigObject section(String key) {
    return read(
        key,
        "a section",
        value -> value instanceof ConfigObject section ? Optional.of(section) : Optional.empty());
  }

  private <T> T read(String key, String expected, Function<ConfigValue, Optional<T>> conversion) {
    if (!config.hasPathOrNull(key)) {
      throw JobFailure.badConfiguration(key + " is not set: expected " + expected + ".");
    }
    if (config.getIsNull(key)) {
      throw JobFailure.badConfiguration(key + " is null: expected " + expected + ".");
    }
    ConfigValue value = config.getValue(key);
    T converted = conversion.apply(value).orElseThrow(() -> unexpected(key, value, expected));
    valuesRead.put(key, converted);
    return converted;
  }

  /**
   * All that was read, by its type: of two configurations that mean the same, one with {@code 1e-1}
   * and one with {@code "0.10"}, it is equal.
   */
  Config valuesRead() {
    return ConfigFactory.parseMap(valuesRead, "settings");
  }

  /** The failure that tells what was found at a key instead of what was expected. */
  static JobFailure unexpected(String key, ConfigValue found, String expected) {
    String shown =
        scalar(SparkSecrets.mask(key, found))
            .map(text -> text.isBlank() ? '"' + text + '"' : text)
            .orElseGet(() -> String.valueOf(SparkSecrets.mask(key, found).unwrapped()));
    return JobFailure.badConfiguration(
        String.format(
            "%s is %s (%s): expected %s.", key, shown, Origin.describe(found.origin()), expected));
  }

  /** The text of a string, number or boolean as it was written; nothing for lists and sections. */
  static Optional<String> scalar(ConfigValue value) {
    return switch (value.valueType()) {
      case STRING, NUMBER, BOOLEAN -> Optional.of(value.atKey("value").getString("value"));
      case LIST, OBJECT, NULL -> Optional.empty();
    };
  }

  /** A number as it was written; nothing for anything else. */
  static Optional<BigDecimal> decimal(ConfigValue value) {
    return scalar(value)
        .flatMap(
            text -> {
              try {
                return Optional.of(new BigDecimal(text));
              } catch (NumberFormatException notANumber) {
                return Optional.empty();
              }
            });
  }

  private static Optional<Long> wholeNumber(ConfigValue value, long least, long most) {
    return decimal(value)
        .filter(number -> number.stripTrailingZeros().scale() <= 0)
        .filter(number -> number.compareTo(BigDecimal.valueOf(least)) >= 0)
        .filter(number -> number.compareTo(BigDecimal.valueOf(most)) <= 0)
        .map(BigDecimal::longValueExact);
  }

  private static Optional<List<String>> allTexts(ConfigList list) {
    List<String> texts = list.stream().flatMap(element -> scalar(element).stream()).toList();
    return texts.size() == list.size() ? Optional.of(texts) : Optional.empty();
  }

  private static Optional<List<Integer>> allWholeNumbers(ConfigList list, int least) {
    List<Integer> numbers =
        list.stream()
            .flatMap(element -> wholeNumber(element, least, Integer.MAX_VALUE).stream())
            .map(Long::intValue)
            .toList();
    return numbers.size() == list.size() ? Optional.of(numbers) : Optional.empty();
  }
}
