/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

class OnlineCheckpointTest extends ExactStrategyContractTest {
  OnlineCheckpointTest() {
    super(new OnlineCheckpoint(3));
  }
}
