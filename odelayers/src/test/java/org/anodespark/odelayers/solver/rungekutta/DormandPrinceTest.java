/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

import org.anodespark.odelayers.solver.StepMethodContractTest;
import org.anodespark.odelayers.solver.TestProblem;

class DormandPrinceTest extends StepMethodContractTest {
  DormandPrinceTest() {
    super(new DormandPrince());
  }

  /**
   * On the driven oscillator each halving gains 6.3, 6.1, 5.9, 5.8, 5.6, 5.4 orders; then rounding.
   */
  @Override
  protected boolean showsItsOrderOn(TestProblem problem) {
    return !problem.equals(TestProblem.DRIVEN_OSCILLATOR);
  }
}
