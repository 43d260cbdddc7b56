/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.anodespark.jobs.config.SparkMaster;
import org.anodespark.jobs.config.SparkSettings;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
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
    assertThatCode(() -> requireEnough(NEED, 411, CLUSTER)).doesNotThrowAnyException();
  }

  @Test
  void lessIsRefusedWithTheNumberThatIsNeeded() {
    assertThatThrownBy(() -> requireEnough(NEED, 410, CLUSTER))
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessage(
            "spark.native-mebibytes is 410: expected at least 411, which an executor needs with"
                + " train.batch-size = 10; set it to that, or train.batch-size lower.");
  }

  @Test
  void aDriverThatAveragesMoreThanFitsIsRefused() {
    NativeMemoryNeed manyWorkers = new NativeMemoryNeed(MEBIBYTE, 0, 0, 600 * MEBIBYTE);
    assertThatThrownBy(() -> requireEnough(manyWorkers, 500, CLUSTER))
        .hasMessage(
            "spark.native-mebibytes is 500: expected at least 600, which the driver needs to"
                + " average; set it to that.");
  }

  @Test
  void aDriverThatDoesAllTheWorkNeedsAllWorkersAndItself() {
    // 4 threads of which a task takes one: 4 x 400 + 10 + 50 for 2 executors
    SparkMaster local = new SparkMaster("local[4]");
    assertThat(memory(NEED, 831, local).needMebibytes()).isEqualTo(1661);
    assertThatCode(() -> requireEnough(NEED, 831, local)).doesNotThrowAnyException();
    assertThatThrownBy(() -> requireEnough(NEED, 830, local))
        .hasMessageStartingWith(
            "spark.native-mebibytes is 830: expected at least 831, which the driver needs for its"
                + " workers (4 at once) with spark.executors = 2, train.batch-size = 10;");
  }

  @Test
  void aDriverWithoutTasksHasTheMemoryOfAllExecutorsWhereItCouldRunThem() {
    NativeMemory.Advice advice = new NativeMemory.Advice("hold the network of export.model", "");
    assertThatThrownBy(
            () -> NativeMemory.requireDriver(600 * MEBIBYTE, settings(599), CLUSTER, advice))
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessage(
            "spark.native-mebibytes is 599: expected at least 600, which the driver needs to hold"
                + " the network of export.model; set it to that.");
    assertThatCode(
            () ->
                NativeMemory.requireDriver(
                    600 * MEBIBYTE, settings(300), new SparkMaster("local[1]"), advice))
        .doesNotThrowAnyException();
  }

  @Test
  void arraysMayTakeWhatWorkspacesLeave() {
    assertThat(memory(NEED, 500, CLUSTER).ofTasks().arrayBytes()).isEqualTo(400 * MEBIBYTE);
    assertThat(memory(NEED, 500, new SparkMaster("local[3]")).ofTasks().arrayBytes())
        .isEqualTo((2 * 500 - 3 * 100) * MEBIBYTE);
  }

  private static NativeMemory memory(NativeMemoryNeed need, int mebibytes, SparkMaster master) {
    return new NativeMemory(need, settings(mebibytes), master);
  }

  private static SparkSettings settings(int nativeMebibytes) {
    return new SparkSettings("", 2, 1, 512, 512, nativeMebibytes, "auto", "", false, 120, Map.of());
  }

  private static void requireEnough(NativeMemoryNeed need, int mebibytes, SparkMaster master) {
    memory(need, mebibytes, master)
        .requireEnough(
            new NativeMemory.Advice("train.batch-size = 10", "train.batch-size lower"),
            new NativeMemory.Advice("average", ""));
  }
}
