/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

import org.anodespark.odelayers.memory.ArrayPool;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * The time as one more channel of the first layer's input, equal everywhere: {@code f(t, y) = g([y,
 * t])} with the layers g (Chen et al., "Neural Ordinary Differential Equations", NeurIPS 2018,
 * append t to the features in this way).
 *
 * <p>The channel is the last one along the axis of the channels: axis 1 of {@code [N, C]}, {@code
 * [N, C, T]} and {@code [N, C, H, W]}, and the last axis if the first convolution among the layers
 * is configured for channels last. In a network with an input type the first layer's {@code nIn}
 * becomes C + 1 by itself; where {@code nIn} is given by hand, it must be C + 1.
 */
public final class TimeAsChannel implements TimeInput {
  private static final long serialVersionUID = 1L;

  @Override
  public InputType inputOf(int index, Layer layer, InputType given) {
    return index == 0 ? ChannelAxis.widen(given) : given;
  }

  @Override
  public long keptPerExample(InputType state) {
    return ChannelAxis.widen(state).arrayElementsPerExample();
  }

  @Override
  public VectorField field(LayerStack layers, ArrayPool pool) {
    return new FieldWithTimeChannel(layers, layers.hasChannelsLast(), pool);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TimeAsChannel;
  }

  @Override
  public int hashCode() {
    return TimeAsChannel.class.hashCode();
  }

  @Override
  public String toString() {
    return "TimeAsChannel";
  }
}
