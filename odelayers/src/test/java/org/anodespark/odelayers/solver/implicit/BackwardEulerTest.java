/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.implicit;

import org.anodespark.odelayers.solver.StepMethodContractTest;

class BackwardEulerTest extends StepMethodContractTest {
  BackwardEulerTest() {
    super(new BackwardEuler(1e-13, 0, 0));
  }
}
