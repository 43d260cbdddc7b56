/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

import org.anodespark.odelayers.solver.StepMethodContractTest;

class DormandPrinceTest extends StepMethodContractTest {
  DormandPrinceTest() {
    super(new DormandPrince());
  }
}
