/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

import java.io.Serializable;
import org.anodespark.odelayers.memory.ArrayPool;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/**
 * How f(t, y; theta) comes to depend on t, although DL4J's layers know no time. A configuration
 * bean: Jackson can write and read it, {@code equals} goes by value, and it never changes.
 *
 * <table>
 *   <caption>Time inputs; g are the layers</caption>
 *   <tr><td>{@link NoTime}</td><td>{@code f(t, y) = g(y)}</td></tr>
 *   <tr><td>{@link TimeAsChannel}</td><td>{@code f(t, y) = g([y, t])}</td></tr>
 *   <tr><td>{@link TimeAsScale}</td><td>{@code f(t, y) = (offset + rate t) g(y)}</td></tr>
 * </table>
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
public interface TimeInput extends Serializable {
  /**
   * What the first layer is given.
   *
   * @param state type of y
   */
  InputType inputOfLayers(InputType state);

  /**
   * The field.
   *
   * @param layers g, which ignores the time
   * @param pool lends buffers
   * @return f; can be kept and differentiated if {@code layers} can
   */
  VectorField field(LayerStack layers, ArrayPool pool);
}
