/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Output sizes as counted by hand: how many windows fit. */
class ConvolutionGeometryTest {
  @ParameterizedTest(name = "input {0}, window {1}, stride {2}, padding {3}, dilation {4}: {5}")
  @CsvSource({
    "5, 3, 1, 0, 1, 3",
    "5, 3, 1, 1, 1, 5",
    "5, 3, 2, 0, 1, 2",
    "6, 3, 2, 0, 1, 2",
    "7, 3, 1, 0, 2, 3",
    "1, 1, 1, 0, 1, 1"
  })
  void countsTheWindowsThatFit(
      int input, int window, int stride, int padding, int dilation, int expected) {
    ConvolutionGeometry geometry =
        new ConvolutionGeometry(
            window, window, stride, stride, padding, padding, dilation, dilation, 1, false);
    assertThat(geometry.outputHeight(input)).isEqualTo(expected);
    assertThat(geometry.outputWidth(input)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "input {0}, stride {1}: {2}")
  @CsvSource({"5, 1, 5", "5, 2, 3", "6, 2, 3", "7, 3, 3"})
  void padsSoThatEveryStrideHasAWindow(int input, int stride, int expected) {
    ConvolutionGeometry geometry =
        new ConvolutionGeometry(3, 3, stride, stride, 0, 0, 1, 1, 1, true);
    assertThat(geometry.outputHeight(input)).isEqualTo(expected);
    assertThat(geometry.outputWidth(input)).isEqualTo(expected);
  }
}
