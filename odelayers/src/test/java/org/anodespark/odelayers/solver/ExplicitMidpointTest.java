/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

class ExplicitMidpointTest extends ExplicitRungeKuttaContractTest {
  ExplicitMidpointTest() {
    super(new ExplicitMidpoint());
  }
}
