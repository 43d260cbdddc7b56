/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterPlanTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 | 1 | 512 | 0     | --workers is 0: expected a whole number of at least 1.
          1 | 0 | 512 | 0     | --cores is 0: expected a whole number of at least 1.
          1 | 1 | 511 | 0     | --memory-mebibytes is 511: expected a whole number of at least 512.
          1 | 1 | 512 | 65536 | --port is 65536: expected a whole number from 0 to 65535.
          """)
  void aNumberOutOfItsRangeIsRefused(
      int workers, int cores, int mebibytes, int port, String sentence) {
    assertThatThrownBy(() -> new ClusterPlan(workers, cores, mebibytes, port, false))
        .hasMessage(sentence)
        .isInstanceOfSatisfying(
            JobFailure.class,
            failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION));
  }
}
