/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.program;

/** Checks of settings. */
public final class Require {
  private Require() {}

  /**
   * Refuses too small a number.
   *
   * @param name of the setting, for the message
   * @throws IllegalArgumentException if the value is less than the least one
   */
  public static void atLeast(int least, int value, String name) {
    if (value < least) {
      throw new IllegalArgumentException(
          name + " = " + value + ", expected at least " + least + ".");
    }
  }
}
