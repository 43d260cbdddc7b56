/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.reversible;

import org.anodespark.odelayers.solver.StepMethodContractTest;

/** Not the contract of a thousand undone steps: each one doubles the rounding errors. */
class DampedLeapfrogTest extends StepMethodContractTest {
  DampedLeapfrogTest() {
    super(new AsynchronousLeapfrog(0.75));
  }

  /** The solution has almost decayed, so that even coarse steps end near it. */
  @Override
  protected double leastErrorOfCoarseSteps() {
    return 5e-4;
  }
}
