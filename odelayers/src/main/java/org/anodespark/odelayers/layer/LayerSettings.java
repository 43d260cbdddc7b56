/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/** The settings of a layer in the bean of a related class. */
public final class LayerSettings {
  private static final String CLASS = "@class";

  private LayerSettings() {}

  /**
   * A bean of another class with all settings that both classes have: what DL4J would read if the
   * JSON of the first named the second. Nothing is shared.
   *
   * @param from a layer's bean, left as it is
   * @param to a super- or subclass of its class
   */
  public static <T extends Layer> T copy(Layer from, Class<T> to) {
    ObjectMapper mapper = NeuralNetConfiguration.mapper();
    ObjectNode settings = mapper.valueToTree(from);
    settings.put(CLASS, to.getName());
    try {
      return to.cast(mapper.readValue(mapper.treeAsTokens(settings), Layer.class));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot copy the settings of " + Inputs.name(from), e);
    }
  }
}
