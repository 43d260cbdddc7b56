/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

/**
 * The bean of a layer that can take the time for the last channel of its input, a {@link
 * TimeChannelLayer}. Where it does, its {@code nIn} counts that channel.
 */
public interface TakesTime {
  /**
   * Refuses settings with which the layer cannot take the time; by default there are none.
   *
   * @throws org.deeplearning4j.exception.DL4JInvalidConfigException naming the layer and the
   *     setting
   */
  default void requireTimeChannel() {}
}
