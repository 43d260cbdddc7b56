/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Map;

/**
 * How records become JSON: {@code trainLoss} is written {@code train_loss}; null, NaN and infinity,
 * for which JSON has no number, are not written at all.
 */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .build();

  static {
    JsonInclude.Value onlyFinite =
        JsonInclude.Value.construct(
            JsonInclude.Include.CUSTOM, JsonInclude.Include.ALWAYS, NoNumber.class, Void.class);
    MAPPER.configOverride(double.class).setInclude(onlyFinite);
    MAPPER.configOverride(Double.class).setInclude(onlyFinite);
    MAPPER
        .configOverride(Map.class)
        .setInclude(
            JsonInclude.Value.construct(
                JsonInclude.Include.NON_NULL,
                JsonInclude.Include.CUSTOM,
                Void.class,
                NoNumber.class));
  }

  private static final JsonMapper CANONICAL =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private Json() {}

  static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /** A record or a map as JSON on one line. */
  public static String line(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a JSON value: " + value, e);
    }
  }

  /**
   * Reads what {@link #line} wrote; keys that the type does not have are an error.
   *
   * @throws IllegalArgumentException when it is no such thing
   */
  static <T> T parse(byte[] json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (IOException e) {
      throw new IllegalArgumentException(reason(e), e);
    }
  }

  /** On one line, without the place in the text and what stands there. */
  private static String reason(IOException e) {
    String message =
        e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
    return message.lines().findFirst().orElse("it is empty");
  }

  /** A record or a map as JSON, indented, ending in a line feed. */
  public static String text(Object value) {
    return indented(tree(value));
  }

  /** Indented, ending in a line feed. */
  static String indented(JsonNode value) {
    return value.toPrettyString() + "\n";
  }

  /** With keys in alphabetical order, the same text for equal values. */
  static JsonNode canonicalTree(Object value) {
    return CANONICAL.valueToTree(value);
  }

  /** Says to be equal to what is left out, which is how Jackson asks a filter. */
  private static final class NoNumber {
    @Override
    public boolean equals(Object value) {
      return value == null || (value instanceof Double number && !Double.isFinite(number));
    }

    @Override
    public int hashCode() {
      return 0;
    }
  }
}
