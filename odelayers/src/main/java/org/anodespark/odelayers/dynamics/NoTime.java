/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

import org.anodespark.odelayers.memory.ArrayPool;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;

/** No dependence on time: {@code f(t, y) = g(y)} with the layers g. */
public final class NoTime implements TimeInput {
  private static final long serialVersionUID = 1L;

  @Override
  public InputType inputOf(int index, Layer layer, InputType given) {
    return given;
  }

  @Override
  public VectorField field(LayerStack layers, ArrayPool pool) {
    return layers;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NoTime;
  }

  @Override
  public int hashCode() {
    return NoTime.class.hashCode();
  }

  @Override
  public String toString() {
    return "NoTime";
  }
}
