/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.process;

/** Something cannot be measured on this machine or for this problem; the rest can. */
public final class Unavailable extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param reason a sentence that says what is missing
   */
  public Unavailable(String reason) {
    super(reason);
  }
}
