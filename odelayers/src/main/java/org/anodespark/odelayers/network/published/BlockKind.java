/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.network.published;

/** What stands where a network leaves the shape of its images as it is. */
public enum BlockKind {
  /** A residual block: ReLU(x + g(x)), where g is the field without its last ReLU. */
  RESIDUAL,

  /** An ODE block dy/dt = f(y). */
  ODE
}
