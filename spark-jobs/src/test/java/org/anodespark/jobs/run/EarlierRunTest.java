/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.Set;
import org.anodespark.jobs.config.SparkMaster;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.job.JobContext;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlierRunTest {
  @TempDir Path folder;
  private RunDirectory directory;

  @BeforeEach
  void aRunWasBegun() {
    directory = RunDirectory.open(new Configuration(), folder.toString());
    directory.write(
        "resolved.conf",
        "seed = 1, train { epochs = 5, batch-size = 32 }, spark { executors = 2, kernels = auto }");
  }

  @Test
  void theSameSettingsContinueIt() {
    assertThatCode(
            () ->
                look(
                    "seed = 1, train.epochs = 5, train.batch-size = 32, spark.executors = 2,"
                        + " spark.kernels = auto"))
        .doesNotThrowAnyException();
  }

  @Test
  void theSameNumberInAnotherSpellingIsNoChange() {
    assertThatCode(
            () ->
                look(
                    "seed = 1.0, train.epochs = 5, train.batch-size = 3.2e1, spark.executors = 2,"
                        + " spark.kernels = auto"))
        .doesNotThrowAnyException();
  }

  @Test
  void whereItRunsMayChange() {
    assertThatCode(
            () ->
                look(
                    "seed = 1, train.epochs = 5, train.batch-size = 32, spark.executors = 8,"
                        + " spark.kernels = auto, checkpoint.keep = 3, run.dir = elsewhere"))
        .doesNotThrowAnyException();
  }

  /** The ledger of a sweep keeps measures that cannot be taken again. */
  @Test
  void howNetworksAreMeasuredMayChangeButInASweep() {
    String settings =
        "seed = 1, train.epochs = 5, train.batch-size = 32, spark.executors = 2,"
            + " spark.kernels = auto, evaluate.top-k = 1, evaluate.split = test";
    assertThatCode(() -> look(settings)).doesNotThrowAnyException();

    assertThat(EarlierRun.differs(directory, ConfigFactory.parseString(settings))).isTrue();
    assertThatThrownBy(() -> lookAs("sweep", settings))
        .hasMessageContaining("(evaluate.top-k was not set and is 1)");
  }

  @Test
  void whatChangesTheResultIsRefusedWithTheWayOut() {
    assertThatThrownBy(
            () ->
                look(
                    "seed = 2, train.epochs = 5, train.batch-size = 64, spark.executors = 2,"
                        + " spark.kernels = nd4j"))
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessage(
            "The run in file:%s was begun with other settings (seed was 1 and is 2, spark.kernels was"
                + " auto and is nd4j, train.batch-size was 32 and is 64): to continue it with the new"
                + " ones, add --allow-change seed --allow-change spark.kernels --allow-change"
                + " train.batch-size; or set run.dir to a new folder.",
            folder);
  }

  @Test
  void whatMayChangeByNameChanges() {
    assertThatCode(
            () ->
                look(
                    "seed = 1, train.epochs = 9, train.batch-size = 32, spark.executors = 2,"
                        + " spark.kernels = auto",
                    "train.epochs"))
        .doesNotThrowAnyException();
  }

  @Test
  void aSettingThatIsNewIsAChange() {
    assertThatThrownBy(
            () ->
                look(
                    "seed = 1, train.epochs = 5, train.batch-size = 32, train.noise = 1,"
                        + " spark.executors = 2, spark.kernels = auto"))
        .hasMessageContaining("(train.noise was not set and is 1)");
  }

  @Test
  void theRunOfAnotherJobIsNotContinued() {
    directory.write("summary.json", "{\"job\":\"prepare\",\"status\":\"done\"}");

    assertThatThrownBy(() -> look("seed = 1"))
        .hasMessage(
            "The run directory file:%s already holds a run of the job prepare: set run.dir to a new"
                + " folder.",
            folder);
  }

  private void look(String settings, String... allowedChanges) {
    lookAs("train", settings, allowedChanges);
  }

  private void lookAs(String job, String settings, String... allowedChanges) {
    EarlierRun.refuseUnlessContinuable(
        directory,
        new JobContext(
            job,
            null,
            ConfigFactory.parseString(settings),
            new SparkMaster(""),
            new Configuration(),
            () -> null,
            Set.of(allowedChanges),
            System.out,
            false));
  }
}
