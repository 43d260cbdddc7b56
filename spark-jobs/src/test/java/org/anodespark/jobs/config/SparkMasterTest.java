/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SparkMasterTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          local                   | true  | true  | false
          local[4]                | true  | true  | false
          local-cluster[2,1,4096] | true  | false | true
          spark://host:7077       | false | false | false
          spark://127.0.0.1:7077  | true  | false | false
          spark://localhost:7077  | true  | false | false
          spark://localhosts:7077 | false | false | false
          yarn                    | false | false | false
          """)
  void tellsWhereTheWorkIsDone(
      String url, boolean onThisMachine, boolean worksInDriver, boolean localCluster) {
    SparkMaster master = new SparkMaster(url);
    assertThat(master.onThisMachine()).isEqualTo(onThisMachine);
    assertThat(master.worksInDriver()).isEqualTo(worksInDriver);
    assertThat(master.isLocalCluster()).isEqualTo(localCluster);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          local       | 1
          local[1]    | 1
          local[12]   | 12
          local[4, 2] | 4
          """)
  void countsTheThreadsOfTheDriver(String url, int threads) {
    assertThat(new SparkMaster(url).threads()).isEqualTo(threads);
  }

  @Test
  void aStarIsAThreadForEachProcessor() {
    assertThat(new SparkMaster("local[*]").threads())
        .isEqualTo(Runtime.getRuntime().availableProcessors());
  }

  @Test
  void theDriverHasTheMemoryOfAllExecutorsWhereItDoesTheirWork() {
    SparkSettings spark =
        new SparkSettings("", 3, 1, 512, 512, 300, "auto", "", false, 120, Map.of());
    assertThat(spark.driverNativeMebibytes(new SparkMaster("local[3]"))).isEqualTo(900);
    assertThat(spark.driverNativeMebibytes(SparkMaster.localCluster(spark))).isEqualTo(300);
  }
}
