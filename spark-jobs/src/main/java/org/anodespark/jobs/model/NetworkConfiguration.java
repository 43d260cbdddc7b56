/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.shade.jackson.core.JacksonException;

/**
 * Makes a configuration of JSON that somebody else may have written.
 *
 * <p>The text becomes a tree of plain values first, in which every class name is looked up in
 * {@link AllowedTypes}. Deeplearning4j's mapper then gets that tree written down anew, so that the
 * two cannot understand the same bytes differently, and is held to the same list.
 */
final class NetworkConfiguration {
  /** What Deeplearning4j's beans call the member that names their class. */
  private static final Set<String> TYPE_MEMBERS = Set.of("@class", "type");

  /**
   * A member of versions before 1.0.0, which Deeplearning4j gives to a mapper that can be held to
   * no list.
   */
  private static final String LEGACY_DISTRIBUTION = "dist";

  /** Our networks have about 10; a tree is walked through by recursion. */
  private static final int DEEPEST = 64;

  private static final JsonFactory STRICT =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private static final ObjectMapper TREES = JsonMapper.builder(STRICT).build();

  private NetworkConfiguration() {}

  /**
   * Reads a configuration.
   *
   * @param allowed what it may name
   * @throws IOException if it is none, or names a class that is not allowed; the message goes on
   *     from the name of the entry
   */
  static ComputationGraphConfiguration parse(byte[] json, AllowedTypes allowed) throws IOException {
    requireShallow(json);
    JsonNode tree = TREES.readTree(json);
    requireAllowedTypes(tree, allowed);
    try {
      ComputationGraphConfiguration configuration =
          NeuralNetConfiguration.mapper()
              .copy()
              .setPolymorphicTypeValidator(allowed)
              .readValue(tree.toString(), ComputationGraphConfiguration.class);
      if (configuration == null
          || configuration.getVertices() == null
          || configuration.getVertices().isEmpty()) {
        throw noGraph("it has no layers", null);
      }
      return configuration;
    } catch (JacksonException e) {
      throw noGraph(e.getOriginalMessage(), e);
    } catch (RuntimeException e) {
      // beans check what they are given
      throw noGraph(e.getMessage(), e);
    }
  }

  private static IOException noGraph(String reason, Exception cause) {
    String line = String.valueOf(reason).lines().findFirst().orElse("");
    return new IOException("is no configuration of a graph of layers (" + line + ")", cause);
  }

  private static void requireShallow(byte[] json) throws IOException {
    int depth = 0;
    try (JsonParser parser = STRICT.createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (depth > DEEPEST) {
          throw new IOException("is nested deeper than " + DEEPEST + " levels");
        }
      }
    }
  }

  private static void requireAllowedTypes(JsonNode node, AllowedTypes allowed) throws IOException {
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      JsonNode value = member.getValue();
      if (TYPE_MEMBERS.contains(member.getKey())
          && !(value.isTextual() && allowed.contain(value.textValue()))) {
        throw new IOException(
            ("names the class %s, which is not one that networks here are made of; if it is yours,"
                    + " name it in model.allowed-classes")
                .formatted(value));
      }
      if (member.getKey().equals(LEGACY_DISTRIBUTION)) {
        throw new IOException("has the member dist, which this version does not write");
      }
    }
    for (JsonNode child : node) {
      requireAllowedTypes(child, allowed);
    }
  }
}
