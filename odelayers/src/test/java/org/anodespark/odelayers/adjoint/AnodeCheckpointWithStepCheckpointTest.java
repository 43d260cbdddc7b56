/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

class AnodeCheckpointWithStepCheckpointTest extends ExactStrategyContractTest {
  AnodeCheckpointWithStepCheckpointTest() {
    super(new AnodeCheckpoint(new StepCheckpoint()));
  }
}
