/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.regularization;

import org.anodespark.odelayers.adjoint.OnlineCheckpoint;

class IntegralOnlineCheckpointTest extends IntegralGradientContractTest {
  IntegralOnlineCheckpointTest() {
    super(new OnlineCheckpoint(3));
  }
}
