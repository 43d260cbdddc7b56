/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.junit.jupiter.api.Test;

class NoTimeTest extends LayerFieldContractTest {
  NoTimeTest() {
    super(new NoTime(), 0, 0);
  }

  @Test
  void givesTheLayersTheStateAlone() {
    assertThat(new NoTime().inputOf(0, null, InputType.feedForward(4)))
        .isEqualTo(InputType.feedForward(4));
  }
}
