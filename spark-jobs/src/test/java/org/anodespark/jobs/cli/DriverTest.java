/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anodespark.jobs.config.SparkSecrets;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.job.Job;
import org.anodespark.jobs.job.JobContext;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DriverTest {
  private static final String[] COMPLETE = {
    "train", "--set", "run.dir=/run", "--set", "data.path=/data"
  };

  private final SparkConf sparkConf =
      new SparkConf(false)
          .setMaster("local[1]")
          .setAppName("DriverTest")
          .set("spark.ui.enabled", "false")
          .set("spark.hadoop.fs.trial", "found");
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void aJobThatEndsGivesExitStatusZero() {
    assertThat(run(context -> {}, COMPLETE)).isZero();
    assertThat(printed()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(ExitCode.class)
  void aJobFailureGivesItsOwnExitStatusAndOneLine(ExitCode code) {
    Job job =
        context -> {
          throw new JobFailure(code, "The loss is NaN.");
        };
    assertThat(run(job, COMPLETE)).isEqualTo(code.code());
    assertThat(printed()).isEqualTo("anode-spark: The loss is NaN.\n");
  }

  @Test
  void anythingElseThrownIsADefectShownWithItsStackTrace() {
    Job job =
        context -> {
          throw new StackOverflowError("deep");
        };
    assertThat(run(job, COMPLETE)).isEqualTo(1);
    assertThat(printed())
        .contains("java.lang.StackOverflowError: deep", "at " + getClass().getName())
        .endsWith(
            "anode-spark: This is a defect of anode-spark, not of what you typed: please report the"
                + " lines above.\n");
  }

  @Test
  void theJobGetsWhatWasTyped() {
    List<JobContext> contexts = new ArrayList<>();
    run(
        contexts::add,
        "train",
        "--set",
        "run.dir=/run",
        "--set",
        "data.path=/data",
        "--set",
        "seed=7");
    JobContext context = contexts.get(0);
    assertThat(context.name()).isEqualTo("train");
    assertThat(context.settings().seed()).isEqualTo(7);
    assertThat(context.resolved().getLong("seed")).isEqualTo(7);
    assertThat(context.terminal()).isFalse();
  }

  @Test
  void theJobDoesNotGetSecretsThatItCouldWriteDown() {
    List<JobContext> contexts = new ArrayList<>();
    run(
        contexts::add,
        "train",
        "--set",
        "run.dir=/run",
        "--set",
        "data.path=/data",
        "--set",
        "spark.conf.spark.authenticate.secret=hunter2");
    JobContext context = contexts.get(0);
    assertThat(context.settings().spark().conf())
        .containsEntry("spark.authenticate.secret", SparkSecrets.MASK);
    assertThat(context.resolved().root().render()).doesNotContain("hunter2");
  }

  @Test
  void hadoopSettingsOfSparkReachTheJobBeforeSparkStarts() {
    List<String> found = new ArrayList<>();
    run(context -> found.add(context.hadoop().get("fs.trial")), COMPLETE);
    assertThat(found).containsExactly("found");
  }

  @Test
  void sparkStartsOnceAndIsStoppedWhenTheJobEnds() {
    List<JavaSparkContext> started = new ArrayList<>();
    Job job =
        context -> {
          started.add(context.spark().get());
          started.add(context.spark().get());
          assertThat(started.get(0).parallelize(List.of(1, 2)).count()).isEqualTo(2);
        };
    assertThat(run(job, COMPLETE)).isZero();
    assertThat(started.get(0)).isSameAs(started.get(1));
    assertThat(started.get(0).sc().isStopped()).isTrue();
  }

  @Test
  void sparkIsStoppedWhenTheJobFails() {
    List<JavaSparkContext> started = new ArrayList<>();
    Job job =
        context -> {
          started.add(context.spark().get());
          throw JobFailure.badConfiguration("No.");
        };
    assertThat(run(job, COMPLETE)).isEqualTo(2);
    assertThat(started.get(0).sc().isStopped()).isTrue();
  }

  @Test
  void aSparkThatDoesNotStartIsAFailureBeforeTheJob() {
    sparkConf.setMaster("nowhere");
    Job job = context -> assertThat(context.spark().get()).isNull();
    assertThat(run(job, COMPLETE)).isEqualTo(3);
    assertThat(printed())
        .startsWith("anode-spark: Spark did not start with master nowhere (")
        .hasLineCount(1);
  }

  @Test
  void aSparkThatStopsUnderTheJobIsAFailureOfTheCluster() {
    Job job =
        context -> {
          JavaSparkContext spark = context.spark().get();
          spark.sc().stop();
          spark.parallelize(List.of(1)).count();
        };
    assertThat(run(job, COMPLETE)).isEqualTo(3);
    assertThat(printed())
        .isEqualTo(
            "anode-spark: Spark's application has ended by itself: the lines above say why; its master"
                + " is local[1].\n");
  }

  @Test
  void aWrongSettingIsRefusedBeforeTheJobRuns() {
    assertThat(run(unreachable(), "train", "--set", "seed=x")).isEqualTo(2);
    assertThat(printed())
        .isEqualTo("anode-spark: seed is x (--set): expected a whole number of at most 64 bits.\n");
  }

  @Test
  void pathsThatTheLauncherWouldFillInMustBeGivenWithoutIt() {
    assertThat(run(unreachable(), "train", "--set", "data.path=/data")).isEqualTo(2);
    assertThat(printed())
        .startsWith("anode-spark: run.dir or data.path is empty: ")
        .hasLineCount(1);
  }

  @Test
  void anUnknownJobIsRefused() {
    assertThat(run(unreachable(), "bake")).isEqualTo(2);
    assertThat(printed())
        .isEqualTo(
            "anode-spark: Unknown job bake: expected one of prepare, check, train, experiment, sweep, evaluate, predict, export, report, doctor.\n");
  }

  private static Job unreachable() {
    return context -> {
      throw new AssertionError("the job ran");
    };
  }

  private int run(Job job, String... arguments) {
    return new Driver(
            new JobRegistry(Map.of(JobName.TRAIN, () -> job)),
            sparkConf,
            Map.of(),
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .run(List.of(arguments));
  }

  private String printed() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
