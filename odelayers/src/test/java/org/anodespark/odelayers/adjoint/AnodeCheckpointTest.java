/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

class AnodeCheckpointTest extends ExactStrategyContractTest {
  AnodeCheckpointTest() {
    super(new AnodeCheckpoint());
  }
}
