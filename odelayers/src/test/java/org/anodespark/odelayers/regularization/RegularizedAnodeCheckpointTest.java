/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.regularization;

import org.anodespark.odelayers.adjoint.AnodeCheckpoint;

class RegularizedAnodeCheckpointTest extends RegularizedGradientContractTest {
  RegularizedAnodeCheckpointTest() {
    super(new AnodeCheckpoint());
  }
}
