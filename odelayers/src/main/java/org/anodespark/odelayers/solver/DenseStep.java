/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The solution over one step. */
public interface DenseStep extends AutoCloseable {
  /** The step. */
  Step step();

  /**
   * {@code out := } the solution at the start plus the fraction {@code theta} of the step; the
   * states at the ends are met exactly.
   *
   * @param theta 0 to 1
   * @param out shape of y
   */
  void interpolate(double theta, INDArray out);

  /** Frees what is kept. */
  @Override
  void close();
}
