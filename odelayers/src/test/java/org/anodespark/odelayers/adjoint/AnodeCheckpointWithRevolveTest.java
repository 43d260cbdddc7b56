/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

class AnodeCheckpointWithRevolveTest extends ExactStrategyContractTest {
  AnodeCheckpointWithRevolveTest() {
    super(new AnodeCheckpoint(new Revolve(3)));
  }
}
