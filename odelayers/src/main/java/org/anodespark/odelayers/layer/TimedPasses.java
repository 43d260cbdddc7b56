/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

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
      public void close() {
        passes.close();
      }
    };
  }
}
