/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

import java.io.Serializable;
import java.util.List;
import org.anodespark.odelayers.memory.ArrayPool;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/**
 * How f(t, y; theta) comes to depend on t, although DL4J's layers know no time. A configuration
 * bean: Jackson can write and read it, {@code equals} goes by value, and it never changes.
 *
 * <table>
 *   <caption>Time inputs; g are the layers</caption>
 *   <tr><td>{@link NoTime}</td><td>{@code f(t, y) = g(y)}</td></tr>
 *   <tr><td>{@link TimeAsChannel}</td><td>{@code f(t, y) = g([y, t])}</td></tr>
 *   <tr><td>{@link TimeAsChannelOfEveryLayer}</td><td>{@code f(t, y) = g([y, t])}, and the same for each layer in g</td></tr>
 *   <tr><td>{@link TimeAsScale}</td><td>{@code f(t, y) = (offset + rate t) g(y)}</td></tr>
 * </table>
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
public interface TimeInput extends Serializable {
  /**
   * What a layer takes.
   *
   * @param index its place among the layers, the first is 0
   * @param layer its bean
   * @param given type of what the layer before it gives; of y for the first
   */
  InputType inputOf(int index, Layer layer, InputType given);

  /**
   * Entries of each example that an evaluation keeps besides what the layers give; 0 by default.
   *
   * @param state type of y
   */
  default long keptPerExample(InputType state) {
    return 0;
  }

  /**
   * Refuses layers that cannot be g; by default all can.
   *
   * @throws IllegalArgumentException saying which one and why
   */
  default void check(List<org.deeplearning4j.nn.api.Layer> layers) {}

  /**
   * The field.
   *
   * @param layers g, closed by the caller
   * @param pool lends buffers
   * @return f; can be kept and differentiated if {@code layers} can
   */
  VectorField field(LayerStack layers, ArrayPool pool);
}
