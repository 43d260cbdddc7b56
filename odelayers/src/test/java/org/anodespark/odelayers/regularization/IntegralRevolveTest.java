/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.regularization;

import org.anodespark.odelayers.adjoint.Revolve;

class IntegralRevolveTest extends IntegralGradientContractTest {
  IntegralRevolveTest() {
    super(new Revolve(2));
  }
}
