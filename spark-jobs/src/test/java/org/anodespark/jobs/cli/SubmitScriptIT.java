/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.anodespark.jobs.cli.SubmitScript.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code submit.sh} with a Spark that only shows how it was called. */
class SubmitScriptIT {
  @TempDir private Path folder;

  private Path here;
  private Path sparkHome;
  private SubmitScript submit;

  @BeforeEach
  void installSpark() throws IOException {
    here = Files.createDirectory(folder.resolve("a folder"));
    sparkHome = folder.resolve("my spark");
    script(
        sparkHome.resolve("bin/spark-submit"),
        "printf '%s\\n' \"$0\" \"pid $$\" \"address ${SPARK_LOCAL_IP:-}\" \"threads $OMP_NUM_THREADS\" \"$@\"");
    submit =
        new SubmitScript(SubmitScript.HOME.resolve("submit.sh"), here)
            .with("SPARK_HOME", sparkHome);
  }

  // ---- help

  @Test
  void helpListsEveryJobAndOptionAndNeedsNothingBuilt() throws Exception {
    Path bare = Files.createDirectory(folder.resolve("bare"));
    Files.copy(SubmitScript.HOME.resolve("submit.sh"), bare.resolve("submit.sh"));
    Outcome outcome = new SubmitScript(bare.resolve("submit.sh"), here).run("train", "--help");
    assertThat(outcome.status()).isZero();
    assertThat(outcome.errors()).isEmpty();
    assertThat(outcome.output())
        .contains("--conf FILE", "--set KEY=VALUE", "--profile NAME", "--master URL", "--dry-run")
        .contains(Arrays.stream(JobName.values()).map(job -> "\n  " + job.typed() + " ").toList());
  }

  @Test
  void withoutArgumentsTheUsageIsAnError() throws Exception {
    Outcome outcome = submit.run();
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.output()).isEmpty();
    assertThat(outcome.errors()).startsWith("Usage: ./submit.sh JOB");
  }

  // ---- handing over to Spark

  @Test
  void theSparkOfTheUserIsCalledWithTheCommandOfTheLauncher() throws Exception {
    Outcome outcome = submit.run("train", "--set", "data.path=my data", "--", "--name", "a  b");
    assertThat(outcome.status()).isZero();
    assertThat(outcome.errors()).isEmpty();
    assertThat(outcome.output().lines())
        .startsWith(sparkHome.resolve("bin/spark-submit").toString())
        .contains("address 127.0.0.1", "threads 1", "local-cluster[2,1,4096]", "a  b")
        .contains("data.path=file:" + here + "/my data", SubmitScript.JAR.toString());
  }

  @Test
  void theExitStatusIsThatOfSpark() throws Exception {
    script(sparkHome.resolve("bin/spark-submit"), "exit 4");
    assertThat(submit.run("train").status()).isEqualTo(4);
  }

  @Test
  void theScriptBecomesSparkSoThatSignalsReachIt() throws Exception {
    Process process = submit.start("train");
    assertThat(process.waitFor()).isZero();
    assertThat(Files.readString(here.resolve("stdout"))).contains("\npid " + process.pid() + "\n");
  }

  @Test
  void aLinkToTheScriptFindsTheProject() throws Exception {
    Path link =
        Files.createSymbolicLink(folder.resolve("a link"), SubmitScript.HOME.resolve("submit.sh"));
    Outcome outcome = new SubmitScript(link, here).with("SPARK_HOME", sparkHome).run("train");
    Files.delete(link);
    assertThat(outcome.status()).isZero();
    assertThat(outcome.output()).contains(SubmitScript.HOME + "/conf/profiles/local.conf");
  }

  @Test
  void namesThatAreNotAsciiSurviveAPlainLocale() throws Exception {
    submit.with("LC_ALL", "C");
    Files.writeString(here.resolve("größe.conf"), "seed = 7");
    Outcome outcome = submit.run("train", "--conf", "größe.conf", "--set", "run.dir=läufe");
    assertThat(outcome.errors()).isEmpty();
    assertThat(outcome.output().lines())
        .contains(here + "/größe.conf", "run.dir=file:" + here + "/läufe");
  }

  @Test
  void aDryRunCallsNothing() throws Exception {
    Outcome outcome = submit.run("train", "--dry-run", "--set", "run.dir=run");
    assertThat(outcome.status()).isZero();
    assertThat(outcome.output())
        .contains("frequency=8", "'" + sparkHome + "/bin/spark-submit' \\\n", "--class")
        .doesNotContain("\npid ");
    assertThat(here.resolve("run")).doesNotExist();
  }

  @Test
  void noCommandFileStaysBehind() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    submit.with("TMPDIR", temporary);
    submit.run("train");
    submit.run("train", "--dry-run");
    submit.run("bake");
    assertThat(temporary).isEmptyDirectory();
  }

  // ---- refusals

  @Test
  void anUnknownJobIsRefused() throws Exception {
    assertThat(submit.run("bake"))
        .isEqualTo(
            new Outcome(
                2,
                "",
                "anode-spark: Unknown job bake: expected one of prepare, check, train, experiment, sweep, evaluate, predict, export, report, doctor.\n"));
  }

  @Test
  void aWrongKeyIsRefused() throws Exception {
    Files.writeString(here.resolve("my.conf"), "\ntrain.epoch = 1\n");
    assertThat(submit.run("train", "--conf", "my.conf"))
        .isEqualTo(
            new Outcome(
                2,
                "",
                "anode-spark: Unknown setting train.epoch ("
                    + here
                    + "/my.conf, line 2): did you mean train.epochs?\n"));
  }

  @Test
  void aSparkHomeWithoutSparkIsRefused() throws Exception {
    submit.with("SPARK_HOME", here);
    Outcome outcome = submit.run("train");
    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.errors())
        .startsWith("anode-spark: SPARK_HOME is " + here + ", which has no bin/spark-submit: ")
        .hasLineCount(1);
  }

  @Test
  void aSparkForAnotherScalaIsRefused() throws Exception {
    Files.createDirectory(sparkHome.resolve("jars"));
    Files.createFile(sparkHome.resolve("jars/spark-core_2.13-3.5.5.jar"));
    Outcome outcome = submit.run("train");
    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.errors())
        .isEqualTo(
            "anode-spark: SPARK_HOME is "
                + sparkHome
                + ", which holds spark-core_2.13-3.5.5.jar: expected a Spark 3 for Scala 2.12.\n");
  }

  @Test
  void anOldJavaIsRefused() throws Exception {
    script(folder.resolve("jdk/bin/java"), "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2");
    submit.with("JAVA_HOME", folder.resolve("jdk"));
    assertThat(submit.run("train"))
        .isEqualTo(
            new Outcome(
                3,
                "",
                "anode-spark: "
                    + folder.resolve("jdk/bin/java")
                    + " is version 11: expected JDK 17 or newer on the PATH or in JAVA_HOME.\n"));
  }

  @Test
  void aMissingJavaIsRefused() throws Exception {
    submit.with("JAVA_HOME", here);
    assertThat(submit.run("train"))
        .isEqualTo(
            new Outcome(
                3,
                "",
                "anode-spark: "
                    + here.resolve("bin/java")
                    + " is missing: expected JDK 17 or newer on the PATH or in JAVA_HOME.\n"));
  }

  static void script(Path file, String body) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/bash\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
