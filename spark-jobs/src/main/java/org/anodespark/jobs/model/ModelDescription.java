/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.model;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.anodespark.jobs.files.StrictJson;

/**
 * What a network's file says beyond the network: the entry {@code anode-spark.json} of a model or a
 * checkpoint.
 *
 * @param formatVersion {@link #FORMAT_VERSION}
 * @param dataSet what it was trained on, for people
 * @param configHash identifies the settings of the training
 * @param examples what its input and its output mean
 */
@JsonPropertyOrder({"format_version", "data_set", "config_hash", "examples"})
public record ModelDescription(
    int formatVersion, String dataSet, String configHash, ExampleFormat examples) {
  /** The entry's name. */
  public static final String ENTRY = "anode-spark.json";

  /** The version of the format that this release reads and writes. */
  public static final int FORMAT_VERSION = 1;

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException for another version
   */
  public ModelDescription {
    if (formatVersion != FORMAT_VERSION) {
      throw new IllegalArgumentException(
          "format_version is %d, expected %d".formatted(formatVersion, FORMAT_VERSION));
    }
    Objects.requireNonNull(dataSet, "data_set is missing");
    Objects.requireNonNull(configHash, "config_hash is missing");
    Objects.requireNonNull(examples, "examples are missing");
  }

  /** A description in the format of this release. */
  public ModelDescription(String dataSet, String configHash, ExampleFormat examples) {
    this(FORMAT_VERSION, dataSet, configHash, examples);
  }

  /** As JSON, in UTF-8. */
  public byte[] toBytes() {
    try {
      String json =
          StrictJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
      return json.getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads what {@link #toBytes()} wrote.
   *
   * @throws IOException if the bytes are anything else; its message says what was expected
   */
  static ModelDescription parse(byte[] json) throws IOException {
    try {
      ModelDescription description = StrictJson.MAPPER.readValue(json, ModelDescription.class);
      if (description == null) {
        throw new IOException("it is null");
      }
      return description;
    } catch (JsonProcessingException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String message = e.getCause() == null ? e.getOriginalMessage() : cause.getMessage();
      // Jackson adds names of its own settings after the first clause
      throw new IOException(String.valueOf(message).split("[;\\n]", 2)[0], e);
    }
  }
}
