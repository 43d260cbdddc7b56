/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

class ClassicRungeKuttaTest extends ExplicitRungeKuttaContractTest {
  ClassicRungeKuttaTest() {
    super(new ClassicRungeKutta());
  }
}
