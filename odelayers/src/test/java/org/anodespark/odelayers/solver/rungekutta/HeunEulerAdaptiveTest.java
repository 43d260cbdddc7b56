/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

import org.anodespark.odelayers.solver.AdaptiveMethodContractTest;

class HeunEulerAdaptiveTest extends AdaptiveMethodContractTest {
  HeunEulerAdaptiveTest() {
    super(new HeunEuler(), 1e-4, 3e-3);
  }
}
