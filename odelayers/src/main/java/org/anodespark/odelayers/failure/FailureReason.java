/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.failure;

/** Why a solve could not be done. */
public enum FailureReason {
  /** The state that a solve starts from holds NaN or infinity. */
  NON_FINITE_INPUT,
  /** The right-hand side, or a step made of it, gave NaN or infinity. */
  NON_FINITE_DYNAMICS,
  /** The step control asked for a step that is too small to move the time. */
  STEP_UNDERFLOW,
  /** The step control used up its number of trial steps. */
  TOO_MANY_STEPS,
  /** The equations of an implicit step could not be solved. */
  NO_CONVERGENCE,
  /** The right-hand side turned a state into something of another shape. */
  WRONG_SHAPE,
  /** The state has no entries. */
  EMPTY_STATE,
  /** Method, step control and adjoint strategy do not fit each other. */
  UNSUPPORTED_COMBINATION
}
