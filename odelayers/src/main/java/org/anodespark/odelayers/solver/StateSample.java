/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

/** Takes a state from within a solve along, at a time of its own choice. */
public interface StateSample {
  /**
   * A trial was taken. It may be rejected; then the next one starts at the same time, and what was
   * taken from this one does not count.
   *
   * @param trial the solution over the trial, valid during the call
   */
  void offer(DenseStep trial);
}
