/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.regularization;

import org.anodespark.odelayers.solver.StateSample;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A state from within a solve, known when the solve is over. */
interface SampledState extends StateSample {
  /** Its time. */
  double time();

  /** The state. */
  INDArray state();
}
