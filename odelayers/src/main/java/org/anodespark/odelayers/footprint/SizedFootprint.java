/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.footprint;

/**
 * The native memory that a network takes for one thing that it does, as a function of the examples
 * in a minibatch. Arrays are as long as the minibatch or do not depend on it, so two small
 * minibatches tell of all others. Only scratch memory of kernels is not that simple, and is
 * estimated generously.
 */
public final class SizedFootprint {
  static final int FEW_EXAMPLES = 4;
  static final int MORE_EXAMPLES = 8;

  private static final double SCRATCH_RESERVE = 2;

  private final Footprint few;
  private final Footprint more;

  /**
   * @param few of {@value #FEW_EXAMPLES} examples
   * @param more of {@value #MORE_EXAMPLES} examples
   */
  SizedFootprint(Footprint few, Footprint more) {
    this.few = few;
    this.more = more;
  }

  /**
   * What it takes.
   *
   * @param examples in a minibatch, at least 1
   */
  public Footprint at(int examples) {
    return new Footprint(
        at(examples, few.parameters(), more.parameters()),
        at(examples, few.gradients(), more.gradients()),
        at(examples, few.updaterState(), more.updaterState()),
        at(examples, few.workspaces(), more.workspaces()),
        at(examples, few.buffers(), more.buffers()),
        scratchAt(examples, few.scratch(), more.scratch()));
  }

  private static long at(int examples, long few, long more) {
    return more + (long) Math.ceil(slope(few, more) * (examples - MORE_EXAMPLES));
  }

  /**
   * Kernels share their work out over threads in another way where there is more of it, so their
   * scratch memory grows by jumps, and shrinks by others. Twice what is seen is above what was
   * found for up to 250 examples and 4 threads.
   */
  private static long scratchAt(int examples, long few, long more) {
    double growth = Math.max(0, slope(few, more)) * Math.max(0, examples - MORE_EXAMPLES);
    return (long) Math.ceil(SCRATCH_RESERVE * Math.max(few, more) + growth);
  }

  private static double slope(long few, long more) {
    return (more - few) / (double) (MORE_EXAMPLES - FEW_EXAMPLES);
  }
}
