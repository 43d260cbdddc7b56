/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.process;

import java.util.Map;

/**
 * What a child process in Java measures. Called by one thread.
 *
 * @param <P> describes the problem; read from JSON
 */
public interface Workload<P> {
  /** The class of the problem. */
  Class<P> problemType();

  /**
   * Gets ready for another problem; what was prepared before is forgotten.
   *
   * @throws Unavailable if this problem cannot be measured
   */
  Ready prepare(P problem) throws Unavailable;

  /**
   * Tells numbers other than times, by name; runs once if it takes that to know them.
   *
   * @param variant one of those that {@link #prepare} named
   */
  Map<String, Double> facts(String variant);

  /**
   * Runs once.
   *
   * @param variant one of those that {@link #prepare} named
   * @return seconds
   */
  double run(String variant);
}
