/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import org.anodespark.odelayers.memory.ArrayPool;

/**
 * A buffered layer that is another function at each time, in an ODE block without further settings.
 * Its {@link #passes}, and so the layer in a network without a block around it, are those at the
 * start of its time.
 */
public interface TimedLayer extends BufferedLayer {
  /**
   * As {@link #passes}, at all times.
   *
   * @param pool lends scratch memory, and what the parameters are copied to
   */
  TimedPasses timedPasses(ArrayPool pool);

  /**
   * Whether the latest backward pass has written the gradient of a parameter that the updater does
   * not divide by the minibatch's size; by default it has.
   *
   * @param parameter the layer's own name of it
   */
  default boolean hasWritten(String parameter) {
    return true;
  }
}
