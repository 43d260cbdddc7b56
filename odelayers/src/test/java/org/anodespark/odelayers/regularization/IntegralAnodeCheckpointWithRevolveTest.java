/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.regularization;

import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.adjoint.Revolve;

class IntegralAnodeCheckpointWithRevolveTest extends IntegralGradientContractTest {
  IntegralAnodeCheckpointWithRevolveTest() {
    super(new AnodeCheckpoint(new Revolve(3)));
  }
}
