/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

import org.anodespark.odelayers.solver.AdaptiveMethodContractTest;

class BogackiShampineAdaptiveTest extends AdaptiveMethodContractTest {
  BogackiShampineAdaptiveTest() {
    super(new BogackiShampine(), 1e-7, 5e-5);
  }
}
