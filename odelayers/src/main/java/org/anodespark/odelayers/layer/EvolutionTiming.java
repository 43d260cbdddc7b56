/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

/** When weights evolve, seen from the state of an ODE block: the configurations of ANODEV2. */
public enum EvolutionTiming {
  /** Weights and state evolve together: an evaluation at time t takes w(t). Configuration 1. */
  ALONGSIDE,

  /**
   * The weights evolve first: every evaluation takes w(1), whatever its time. Configuration 2; a
   * trained block predicts as one whose weights are w(1) and do not evolve.
   */
  BEFORE;

  /** The time of the weights at a time of the state. */
  double ofWeights(double time) {
    return this == BEFORE ? 1.0 : time;
  }
}
