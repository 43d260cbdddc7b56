/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.listener;

/** Checks how often a listener is to act. */
final class Intervals {
  private Intervals() {}

  static int check(int every) {
    if (every < 1) {
      throw new IllegalArgumentException(
          "every is "
              + every
              + ", expected at least 1: the number of iterations from one to next.");
    }
    return every;
  }
}
