/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.regularization;

import org.anodespark.odelayers.adjoint.StepCheckpoint;

class IntegralStepCheckpointTest extends IntegralGradientContractTest {
  IntegralStepCheckpointTest() {
    super(new StepCheckpoint());
  }
}
