/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

/**
 * One step in time.
 *
 * @param index number of steps before it
 * @param start t at its start
 * @param end t at its end, before {@code start} for a solve backwards in time
 */
public record Step(int index, double start, double end) {
  /** Signed length h. */
  public double length() {
    return end - start;
  }

  /**
   * The time of a stage; for node 1 exactly {@code end}, so that the last stage of a step and the
   * first of the next one see the same time.
   *
   * @param node fraction of the step, c in a tableau
   */
  public double time(double node) {
    return node == 1.0 ? end : start + node * length();
  }
}
