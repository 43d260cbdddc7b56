/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

class TimeAsChannelOfEveryLayerJetTest extends LayerJetContractTest {
  TimeAsChannelOfEveryLayerJetTest() {
    super(new TimeAsChannelOfEveryLayer(), 0, 1);
  }
}
