/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VersionsTest {
  @Test
  void everyVersionIsKnown() {
    assertThat(Versions.of("3.5.5"))
        .containsOnlyKeys("anode-spark", "deeplearning4j", "dl4j-spark", "java", "spark")
        .containsEntry("spark", "3.5.5")
        .allSatisfy((name, version) -> assertThat(version).matches("\\d+\\..*"));
  }
}
