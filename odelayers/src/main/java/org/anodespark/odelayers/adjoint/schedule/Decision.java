/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint.schedule;

/**
 * What to do with a state that a sweep has reached.
 *
 * @param keep whether the state is kept
 * @param drop the kept state to drop first to make room, {@link #NONE} if there is room or nothing
 *     is kept
 */
public record Decision(boolean keep, int drop) {
  /** No state is dropped. */
  public static final int NONE = -1;

  /** Go on without keeping the state. */
  public static final Decision PASS = new Decision(false, NONE);

  /** Keep the state; there is room for it. */
  public static final Decision KEEP = new Decision(true, NONE);

  /**
   * Keep the state in the place of another.
   *
   * @param dropped the kept state that is dropped, at least 1
   */
  static Decision keepInPlaceOf(int dropped) {
    return new Decision(true, dropped);
  }
}
