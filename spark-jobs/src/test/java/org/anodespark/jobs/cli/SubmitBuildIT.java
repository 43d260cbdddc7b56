/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import static org.anodespark.jobs.cli.SubmitScriptIT.script;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.anodespark.jobs.cli.SubmitScript.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * When and what {@code submit.sh} builds, in a project of empty sources whose Maven notes that it
 * was called and delivers the real jar.
 */
class SubmitBuildIT {
  private static final List<String> SOURCES =
      List.of(
          "pom.xml",
          "odelayers/pom.xml",
          "odelayers/src/main/A.java",
          "spark-runtime/pom.xml",
          "spark-runtime/src/main/spark/B",
          "spark-jobs/pom.xml",
          "spark-jobs/src/main/C.java",
          "conf/reference.conf",
          "conf/log4j2.properties",
          "conf/profiles/local.conf");

  private static final List<String> TOOLS_BUT_MAVEN =
      List.of("dirname", "readlink", "locale", "sed", "head", "find", "mkdir", "flock");

  @TempDir private Path folder;

  private Path home;
  private Path jar;
  private Path calls;
  private SubmitScript submit;

  @BeforeEach
  void installProject() throws IOException {
    home = folder.resolve("a project");
    jar = home.resolve("spark-jobs/target/anode-spark-jobs.jar");
    calls = folder.resolve("calls");
    for (String source : SOURCES) {
      Files.createDirectories(home.resolve(source).getParent());
      Files.createFile(home.resolve(source));
    }
    Files.copy(SubmitScript.HOME.resolve("submit.sh"), home.resolve("submit.sh"));
    Path sparkSubmit = home.resolve("spark-runtime/target/spark/bin/spark-submit");
    script(
        folder.resolve("bin/mvn"),
        String.format(
            """
            echo "$*" >>'%s'
            case $* in *spark-runtime*) mkdir -p '%s'; touch '%s'; chmod +x '%s' ;; esac
            case $* in *spark-jobs*) mkdir -p '%s'; cp '%s' '%s' ;; esac
            """,
            calls,
            sparkSubmit.getParent(),
            sparkSubmit,
            sparkSubmit,
            jar.getParent(),
            SubmitScript.JAR,
            jar));
    submit = submitIn("one");
  }

  private SubmitScript submitIn(String scratch) throws IOException {
    return new SubmitScript(
            home.resolve("submit.sh"), Files.createDirectory(folder.resolve(scratch)))
        .with("ANODE_SPARK_JAR", null)
        .with("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
  }

  @Test
  void aFreshCheckoutIsBuiltQuietlyWithoutTests() throws Exception {
    Outcome outcome = submit.run("train", "--dry-run");
    assertThat(outcome.status()).isZero();
    assertThat(outcome.output()).startsWith("# Settings of the job train");
    assertThat(outcome.errors())
        .startsWith(
            "anode-spark: building spark-runtime spark-jobs\n"
                + "anode-spark: built spark-runtime spark-jobs in ")
        .hasLineCount(2);
    assertThat(calls())
        .singleElement()
        .asString()
        .contains("-pl spark-runtime,spark-jobs -am", "-Dmaven.test.skip=true", "package");
  }

  @Test
  void whatIsUpToDateIsNotBuiltAgain() throws Exception {
    submit.run("train", "--dry-run");
    assertThat(submit.run("train", "--dry-run").errors()).isEmpty();
    assertThat(calls()).hasSize(1);
  }

  @Test
  void aChangedSourceIsBuiltAgainAndOnlyWhatDependsOnIt() throws Exception {
    submit.run("train", "--dry-run");
    change("odelayers/src/main/A.java");
    submit.run("train", "--dry-run");
    change("conf/log4j2.properties");
    submit.run("train", "--dry-run");
    assertThat(calls()).hasSize(3);
    assertThat(calls().get(1)).contains("-pl spark-jobs -am");
    assertThat(calls().get(2)).contains("-pl spark-runtime -am");
  }

  @Test
  void aDeletedSourceIsBuiltAgain() throws Exception {
    submit.run("train", "--dry-run");
    Files.delete(home.resolve("spark-jobs/src/main/C.java"));
    change("spark-jobs/src/main");
    submit.run("train", "--dry-run");
    assertThat(calls()).hasSize(2);
  }

  @Test
  void aChangeThatLeavesTheJarAsItWasIsBuiltOnce() throws Exception {
    submit.run("train", "--dry-run");
    // Maven does not rewrite a file whose content is the same.
    script(
        folder.resolve("bin/mvn"),
        "echo again >>'" + calls + "'; cp -p '" + SubmitScript.JAR + "' '" + jar + "'");
    change("spark-jobs/src/main/C.java");
    Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));
    submit.run("train", "--dry-run");
    submit.run("train", "--dry-run");
    assertThat(calls()).hasSize(2);
  }

  @Test
  void withASparkOfTheUserNoneIsAssembled() throws Exception {
    script(folder.resolve("spark/bin/spark-submit"), "exit 0");
    submit.with("SPARK_HOME", folder.resolve("spark"));
    assertThat(submit.run("train").status()).isZero();
    assertThat(calls()).singleElement().asString().contains("-pl spark-jobs -am");
  }

  @Test
  void twoAtOnceBuildOnce() throws Exception {
    Process first = submit.start("train", "--dry-run");
    Process second = submitIn("two").start("train", "--dry-run");
    assertThat(first.waitFor()).isZero();
    assertThat(second.waitFor()).isZero();
    assertThat(calls()).hasSize(1);
  }

  @Test
  void aFailedBuildShowsTheEndOfItsLogAndLeavesNoJar() throws Exception {
    script(folder.resolve("bin/mvn"), "echo '[ERROR] no network'; touch '" + jar + "'; exit 1");
    Files.createDirectories(jar.getParent());
    Outcome outcome = submit.run("train");
    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.errors())
        .endsWith(
            "[ERROR] no network\n"
                + "anode-spark: The build failed; the lines above are the end of "
                + home
                + "/target/submit-build.log.\n");
    assertThat(jar).doesNotExist();
  }

  @Test
  void aMissingMavenIsNamed() throws Exception {
    Path tools = folder.resolve("tools");
    for (String tool : TOOLS_BUT_MAVEN) {
      script(tools.resolve(tool), "PATH='" + System.getenv("PATH") + "' exec " + tool + " \"$@\"");
    }
    submit.with("PATH", tools);
    Outcome outcome = submit.run("train");
    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.errors())
        .isEqualTo(
            "anode-spark: mvn is missing: expected Maven 3.8 or newer on the PATH, to build what is not"
                + " built yet.\n");
  }

  @Test
  void aJavaWithoutCompilerIsNamed() throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    script(folder.resolve("jre/bin/java"), "exec '" + java + "' \"$@\"");
    submit.with("JAVA_HOME", folder.resolve("jre"));
    Outcome outcome = submit.run("train");
    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.errors())
        .isEqualTo(
            "anode-spark: "
                + folder.resolve("jre/bin/javac")
                + " is missing: expected JDK 17 or newer on the PATH or in JAVA_HOME.\n");
  }

  /** Makes a file or folder newer than all that was built. */
  private void change(String source) throws IOException {
    Files.setLastModifiedTime(home.resolve(source), FileTime.from(Instant.now()));
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(calls);
  }
}
