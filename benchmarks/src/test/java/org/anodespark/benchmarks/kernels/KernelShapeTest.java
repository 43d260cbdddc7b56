/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelShapeTest {
  @Test
  void readsWhatItWrites() {
    KernelShape shape = new KernelShape(64, 32, 16);
    assertThat(KernelShape.parse(shape.toString())).isEqualTo(shape);
  }

  @ParameterizedTest
  @ValueSource(strings = {"64x32", "64x32x16x2", "0x32x16", "64 x 32 x 16"})
  void refusesOtherTexts(String text) {
    assertThatThrownBy(() -> KernelShape.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'" + text + "' is no shape; expected CHANNELSxSIZExBATCH, e.g. 64x32x64.");
  }

  @Test
  void hasChannelsLast() {
    assertThat(new KernelShape(3, 4, 2).images().shape()).containsExactly(2, 4, 4, 3);
  }
}
