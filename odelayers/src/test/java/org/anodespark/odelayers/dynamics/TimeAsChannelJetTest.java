/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

class TimeAsChannelJetTest extends LayerJetContractTest {
  TimeAsChannelJetTest() {
    super(new TimeAsChannel(), 1, 0);
  }
}
