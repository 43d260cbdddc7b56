/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import java.util.Optional;
import org.anodespark.odelayers.kernel.Jet;

/**
 * Passes through a {@link BufferedLayer} that depends on time, with the parameters as they were
 * when this was made; they must not change before it is closed.
 */
public interface TimedPasses extends AutoCloseable {
  /**
   * The passes at a time.
   *
   * @param time that of the forward pass, also for its derivatives
   * @return need not be closed
   */
  LayerPasses at(double time);

  /**
   * The same passes for a solve backwards in time: where the layer jumps at a time, {@link #at} is
   * its limit from earlier times instead of the one from later times. Not closed for itself.
   *
   * @return by default these, for a layer that is continuous in time
   */
  default TimedPasses backwards() {
    return this;
  }

  /** {@link LayerPasses#writeObserved} for all times; by default nothing. */
  default void writeObserved() {}

  /**
   * As {@link LayerPasses#jet}, along a curve whose time is {@code time + rate s}.
   *
   * @return empty, as by default, for a layer that has none
   */
  default Optional<Jet> jet(double time, double rate) {
    return Optional.empty();
  }

  /** Gives back what the parameters were copied to. */
  @Override
  void close();

  /** Passes that are the same at all times; closed with the result. */
  static TimedPasses atAllTimes(LayerPasses passes) {
    return new TimedPasses() {
      @Override
      public LayerPasses at(double time) {
        return passes;
      }

      @Override
      public void writeObserved() {
        passes.writeObserved();
      }

      @Override
      public Optional<Jet> jet(double time, double rate) {
        return passes.jet();
      }

      @Override
      public void close() {
        passes.close();
      }
    };
  }
}
