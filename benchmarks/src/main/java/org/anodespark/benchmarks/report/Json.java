/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * How records become JSON: {@code upperQuartile} is written {@code upper_quartile}, null is not.
 */
public final class Json {
  /** Reads and writes. */
  public static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .build();

  private Json() {}

  /** Indented, with a line break at the end. */
  public static String pretty(Object value) {
    return MAPPER.valueToTree(value).toPrettyString() + "\n";
  }
}
