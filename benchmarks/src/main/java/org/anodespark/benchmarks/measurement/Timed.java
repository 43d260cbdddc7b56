/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.measurement;

import java.io.IOException;

/** Something that can be run again and again, and says how long it took. */
@FunctionalInterface
public interface Timed {
  /**
   * Runs it once.
   *
   * @return what is measured: seconds, usually
   * @throws IOException if it cannot be run any more
   */
  double run() throws IOException;
}
