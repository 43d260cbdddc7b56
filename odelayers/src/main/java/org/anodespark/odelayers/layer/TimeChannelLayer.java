/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import org.anodespark.odelayers.memory.ArrayPool;

/**
 * A buffered layer that can take the time for the last channel of its input: {@code y = layer([x,
 * t])}. The array x has one channel less than the layer's {@code nIn}, and [x, t] is never made.
 * Its bean is one that {@link TakesTime}.
 */
public interface TimeChannelLayer extends BufferedLayer {
  /**
   * Shape of the output for an x of the given shape.
   *
   * @param inputShape with {@code nIn - 1} channels
   */
  long[] outputShapeWithTime(long[] inputShape);

  /**
   * As {@link #passes}, with the time for the last channel.
   *
   * @param pool lends scratch memory, and what the parameters are copied to
   */
  TimedPasses passesWithTime(ArrayPool pool);
}
