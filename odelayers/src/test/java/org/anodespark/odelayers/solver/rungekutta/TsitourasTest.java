/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

import org.anodespark.odelayers.solver.StepMethodContractTest;

class TsitourasTest extends StepMethodContractTest {
  TsitourasTest() {
    super(new Tsitouras());
  }

  /**
   * Its leading error terms are so small that the next order shows over coarser steps: the slope of
   * each halving comes down to 5, e.g. 5.5, 5.3, 5.1, 5.06.
   */
  @Override
  protected int halvings() {
    return 1;
  }
}
