/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint.schedule;

/** What every schedule demands. */
final class Checks {
  private Checks() {}

  /** Checks that there is something to reverse. */
  static void steps(int steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("steps = " + steps + ", expected at least 1.");
    }
  }

  /** Checks that there is a slot at least for the initial state. */
  static void snapshots(int snapshots) {
    if (snapshots < 1) {
      throw new IllegalArgumentException(
          "snapshots = " + snapshots + ", expected at least 1, for the initial state.");
    }
  }

  /** Checks that an offered state follows the one reached before. */
  static void nextState(int state, int reached) {
    if (state != reached + 1) {
      throw new IllegalArgumentException(
          "State "
              + state
              + " was offered after state "
              + reached
              + ", expected state "
              + (reached + 1)
              + ": a sweep offers every state once, in order.");
    }
  }
}
