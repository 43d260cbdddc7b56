/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

import java.util.List;
import org.anodespark.odelayers.layer.BufferedLayer;
import org.anodespark.odelayers.layer.TakesTime;
import org.anodespark.odelayers.memory.ArrayPool;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * The time as one more channel of the input of every layer with weights, equal everywhere: {@code
 * f(t, y) = W2 [s(W1 [y; t] + b1); t] + b2} for two dense layers with a nonlinearity s between them
 * (Kelly et al., "Learning Differential Equations that are Easy to Solve", NeurIPS 2020, and Pal et
 * al., "Opening the Blackbox", ICML 2021, write their fields so; with convolutions t is a constant
 * image). {@link TimeAsChannel} gives the time to the first layer only.
 *
 * <p>{@code BufferedDense} and {@code ChannelsLastConvolution} take the time; batch normalisation,
 * activations and pooling ignore it; DL4J's own layers are refused. The channel is the last one of
 * the weights, and is in no array: its part of the sums is computed once for all examples. In a
 * network with an input type {@code nIn} becomes one more by itself; where it is given by hand, it
 * must count the time.
 */
public final class TimeAsChannelOfEveryLayer implements TimeInput {
  private static final long serialVersionUID = 1L;

  @Override
  public InputType inputOf(int index, Layer layer, InputType given) {
    if (layer instanceof TakesTime bean) {
      bean.requireTimeChannel();
      return ChannelAxis.widen(given);
    }
    return given;
  }

  @Override
  public void check(List<org.deeplearning4j.nn.api.Layer> layers) {
    for (org.deeplearning4j.nn.api.Layer layer : layers) {
      Layer bean = layer.conf().getLayer();
      if (!(layer instanceof BufferedLayer)) {
        throw new IllegalArgumentException(
            bean.getClass().getSimpleName()
                + " in its field is a layer of DL4J, which cannot be given the time; use layers of"
                + " this library with TimeAsChannelOfEveryLayer, or TimeAsChannel.");
      }
      if (bean instanceof TakesTime takesTime) {
        takesTime.requireTimeChannel();
      }
    }
  }

  @Override
  public VectorField field(LayerStack layers, ArrayPool pool) {
    return layers.withTimeInEveryLayer();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TimeAsChannelOfEveryLayer;
  }

  @Override
  public int hashCode() {
    return TimeAsChannelOfEveryLayer.class.hashCode();
  }

  @Override
  public String toString() {
    return "TimeAsChannelOfEveryLayer";
  }
}
