/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.network;

/** What stands behind the convolutions of a field. */
public enum FieldNormalization {
  /** Nothing: the convolutions have a bias. */
  NONE,

  /**
   * Batch norm, which all evaluations of the field share. In training each evaluation is normalised
   * by the statistics of its own batch; in prediction all are by the same running statistics, their
   * averages. With one evaluation in a solve, as of one Euler step, that is the batch norm of a
   * residual network; with more of them the field that predicts differs from those that were
   * trained, the more the further the state moves.
   */
  BATCH,

  /**
   * Batch norm with parameters and running statistics of its own for each step of the solve, as
   * each layer of a residual network has; for equal steps.
   */
  BATCH_PER_STEP,

  /**
   * Group norm, which looks at one example at a time: the same function of the state at all times,
   * in training and in prediction, whatever the steps.
   */
  GROUP
}
