/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

class TimeAsScaleJetTest extends LayerJetContractTest {
  TimeAsScaleJetTest() {
    super(new TimeAsScale(0.5, -2.0), 0, 0);
  }
}
