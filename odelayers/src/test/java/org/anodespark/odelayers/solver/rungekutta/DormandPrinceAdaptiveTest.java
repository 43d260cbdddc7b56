/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

import org.anodespark.odelayers.solver.AdaptiveMethodContractTest;

class DormandPrinceAdaptiveTest extends AdaptiveMethodContractTest {
  DormandPrinceAdaptiveTest() {
    super(new DormandPrince(), 1e-10, 5e-9);
  }
}
