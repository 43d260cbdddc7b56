/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

class RevolveTest extends ExactStrategyContractTest {
  RevolveTest() {
    super(new Revolve(3));
  }
}
