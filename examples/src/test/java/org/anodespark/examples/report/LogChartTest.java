/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogChartTest {
  @ParameterizedTest
  @CsvSource({"-6, 1/64", "-1, 1/2", "0, 1", "3, 8", "0.5, ''"})
  void marksPowersOfTwo(double exponent, String label) {
    assertThat(LogChart.powerOfTwo(exponent)).isEqualTo(label);
  }

  @ParameterizedTest
  @CsvSource({
    "-12, 1e-12",
    "-3, 0.001",
    "0, 1",
    "0.5, 3.2",
    "2.2, 160",
    "5, 100000",
    "6.5, 3.2e+06"
  })
  void marksPowersOfTen(double exponent, String label) {
    assertThat(LogChart.powerOfTen(exponent)).isEqualTo(label);
  }
}
