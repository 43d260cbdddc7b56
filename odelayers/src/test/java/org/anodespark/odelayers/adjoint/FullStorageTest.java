/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

class FullStorageTest extends ExactStrategyContractTest {
  FullStorageTest() {
    super(new FullStorage());
  }
}
