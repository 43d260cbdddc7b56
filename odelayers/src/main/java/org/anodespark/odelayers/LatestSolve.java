/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import org.anodespark.odelayers.BlockOutput.OutputTrajectory;

/**
 * Which solve of a thread was the last one that keeps something for its gradient. The backward pass
 * begins with that one, so it may keep as much as its own backward pass would need at once, without
 * adding to the peak of the network; when another block begins to solve, it is another one's turn.
 */
final class LatestSolve {
  private static final ThreadLocal<OutputTrajectory> LATEST = new ThreadLocal<>();

  private LatestSolve() {}

  /** A block begins to solve: no earlier solve will be differentiated first. */
  static void begin() {
    OutputTrajectory latest = LATEST.get();
    if (latest != null) {
      LATEST.remove();
      latest.reduce();
    }
  }

  /** The block has solved. */
  static void end(OutputTrajectory trajectory) {
    LATEST.set(trajectory);
  }

  /** A solve is no longer kept. */
  static void forget(OutputTrajectory trajectory) {
    if (LATEST.get() == trajectory) {
      LATEST.remove();
    }
  }
}
