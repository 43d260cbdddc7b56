/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

class RevolveWithOneSnapshotTest extends ExactStrategyContractTest {
  RevolveWithOneSnapshotTest() {
    super(new Revolve(1));
  }
}
