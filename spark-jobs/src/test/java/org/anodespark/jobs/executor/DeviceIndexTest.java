/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceIndexTest {
  @ParameterizedTest(name = "address {0}, visible {1}, {2} devices")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0        |            | 4 | 0
          3        |            | 4 | 3
          3        | ''         | 4 | 3
          3        |            | 1 | 0
          3        | 3          | 1 | 0
          1        | 0,1        | 2 | 1
          1        | 1,0        | 2 | 0
          7        | 2, 7,5     | 3 | 1
          GPU-ab-7 | GPU-a,GPU-ab-7 | 2 | 1
          GPU-ab-7 |            | 1 | 0
          """)
  void isThePositionAmongTheVisibleOnes(String address, String visible, int devices, int index) {
    assertThat(DeviceIndex.of(address, visible, devices)).isEqualTo(index);
  }

  @ParameterizedTest(name = "address {0}, visible {1}, {2} devices")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          4     |     | 4
          GPU-a |     | 2
          3     | 0,1 | 2
          1     | 0,1 | 1
          """)
  void aDeviceThatIsNotVisibleIsRefused(String address, String visible, int devices) {
    assertThatThrownBy(() -> DeviceIndex.of(address, visible, devices))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the GPU " + address + ", which is not among the " + devices);
  }
}
