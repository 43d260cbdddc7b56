/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.regularization;

import org.anodespark.odelayers.adjoint.AnodeCheckpoint;

class IntegralAnodeCheckpointTest extends IntegralGradientContractTest {
  IntegralAnodeCheckpointTest() {
    super(new AnodeCheckpoint());
  }
}
