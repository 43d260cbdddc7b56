/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.regularization;

import org.anodespark.odelayers.adjoint.FullStorage;

class IntegralFullStorageTest extends IntegralGradientContractTest {
  IntegralFullStorageTest() {
    super(new FullStorage());
  }
}
