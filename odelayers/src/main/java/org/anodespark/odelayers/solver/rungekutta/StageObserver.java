/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Looks at the stages of a step while it is taken, also at those that were carried here. */
interface StageObserver {
  /** Looks at nothing. */
  StageObserver NONE = (stage, argument, slope) -> {};

  /**
   * The slope of a stage is known.
   *
   * @param stage from 0
   * @param argument of the stage, valid during the call
   * @param slope there
   */
  void see(int stage, INDArray argument, INDArray slope);
}
