/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.anodespark.jobs.config.Settings;
import org.anodespark.jobs.config.SparkMaster;
import org.anodespark.jobs.config.SparkSettings;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.testing.TestSettings;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {
  private static final long MEBIBYTE = 1L << 20;
  private static final SparkMaster CLUSTER = new SparkMaster("spark://host:7077");

  /** 300 and 100 MiB of a worker, 10 shared, 50 of the driver, and a byte. */
  private static final NativeMemoryNeed NEED =
      new NativeMemoryNeed(300 * MEBIBYTE + 1, 100 * MEBIBYTE, 10 * MEBIBYTE, 50 * MEBIBYTE);

  @Test
  void anExecutorNeedsOneWorkerAndWhatItWasSent() {
    assertThat(memory(NEED, 411, CLUSTER).needMebibytes()).isEqualTo(411);
    assertThatCode(memory(NEED, 411, CLUSTER)::requireEnough).doesNotThrowAnyException();
  }

  @Test
  void lessIsRefusedWithTheNumberThatIsNeeded() {
    assertThatThrownBy(memory(NEED, 410, CLUSTER)::requireEnough)
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessage(
            "spark.native-mebibytes is 410: expected at least 411, which an executor needs with"
                + " train.batch-size = 10, evaluate.batch-size = 16 and model.block.adjoint ="
                + " anode; set it to that, or a batch size lower, or an adjoint that keeps less.");
  }

  @Test
  void aDriverThatAveragesMoreThanFitsIsRefused() {
    NativeMemoryNeed manyWorkers = new NativeMemoryNeed(MEBIBYTE, 0, 0, 600 * MEBIBYTE);
    assertThatThrownBy(memory(manyWorkers, 500, CLUSTER)::requireEnough)
        .hasMessage(
            "spark.native-mebibytes is 500: expected at least 600, which the driver needs to"
                + " average the parameters of averaging.workers = 2; set it to that, or"
                + " averaging.workers lower.");
  }

  @Test
  void aDriverThatDoesAllTheWorkNeedsAllWorkersAndItself() {
    // 4 threads of which a task takes one: 4 x 400 + 10 + 50 for 2 executors
    SparkMaster local = new SparkMaster("local[4]");
    assertThat(memory(NEED, 831, local).needMebibytes()).isEqualTo(1661);
    assertThatCode(memory(NEED, 831, local)::requireEnough).doesNotThrowAnyException();
    assertThatThrownBy(memory(NEED, 830, local)::requireEnough)
        .hasMessageStartingWith(
            "spark.native-mebibytes is 830: expected at least 831, which the driver needs for its"
                + " workers (4 at once) with spark.executors = 2, train.batch-size = 10,");
  }

  @Test
  void arraysMayTakeWhatWorkspacesLeave() {
    assertThat(memory(NEED, 500, CLUSTER).ofTasks().arrayBytes()).isEqualTo(400 * MEBIBYTE);
    assertThat(memory(NEED, 500, new SparkMaster("local[3]")).ofTasks().arrayBytes())
        .isEqualTo((2 * 500 - 3 * 100) * MEBIBYTE);
  }

  private static NativeMemory memory(NativeMemoryNeed need, int mebibytes, SparkMaster master) {
    Settings settings =
        TestSettings.with(
            TestSettings.in("run"),
            new SparkSettings("", 2, 1, 512, 512, mebibytes, "auto", "", false, 120, Map.of()));
    return new NativeMemory(need, settings, master);
  }
}
