/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

class NoTimeJetTest extends LayerJetContractTest {
  NoTimeJetTest() {
    super(new NoTime(), 0, 0);
  }
}
