/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anodespark.jobs.config.SparkSecrets;
import org.anodespark.jobs.metrics.MetricsPlugin;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LauncherTest {
  private static final LocalDateTime NOW = LocalDateTime.of(2026, 3, 4, 5, 6, 7);

  @TempDir private Path folder;

  private final Map<String, String> environment = new HashMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Path commandFile;

  @BeforeEach
  void installProject() throws IOException {
    Files.createDirectories(folder.resolve("my home/conf/profiles"));
    Files.createDirectory(folder.resolve("here"));
    profile("local", "spark.executors = 2");
    profile(
        "large", "spark { executors = 8, cores-per-executor = 4, master = \"spark://m:7077\" }");
    commandFile = Files.createFile(folder.resolve("command"));
    environment.put("HOME", "/home/me");
    environment.put("SPARK_HOME", "/opt/spark");
    environment.put("ANODE_SPARK_HOME", folder.resolve("my home").toString());
    environment.put("ANODE_SPARK_JAR", "/opt/anode-spark-jobs.jar");
    environment.put("ANODE_SPARK_COMMAND_FILE", commandFile.toString());
  }

  // ---- the command

  @Test
  void theDefaultCommandIsTheGoldenOne() throws IOException {
    assertThat(launch("train")).isZero();
    assertThat(String.join("\n", command()) + "\n")
        .isEqualTo(resource("train-command.txt").replace("FOLDER", folder.toString()));
  }

  @Test
  void theMetricsPluginIsNamedAsItsClassIs() {
    assertThat(SparkDefaults.METRICS_PLUGIN).isEqualTo(MetricsPlugin.class.getName());
  }

  @Test
  void aDryRunShowsSettingsAndCommandAndWritesNone() throws IOException {
    assertThat(launch("prepare", "--dry-run", "--master", "local[2]", "--set", "seed=7")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(resource("prepare-dry-run.txt").replace("FOLDER", folder.toString()));
    assertThat(commandFile).isEmptyFile();
  }

  @Test
  void theUsersPropertiesReplaceOurs() throws IOException {
    launch("train", "--set", "spark.conf.spark.task.maxFailures=9");
    assertThat(command())
        .contains("spark.task.maxFailures=9")
        .doesNotContain("spark.task.maxFailures=4");
  }

  @Test
  void argumentsForSparkSubmitComeAfterOursAndBeforeTheJar() throws IOException {
    launch("train", "--", "--queue", "gpu", "--conf", "spark.task.maxFailures=9");
    List<String> command = command();
    int jar = command.indexOf("/opt/anode-spark-jobs.jar");
    assertThat(command.subList(jar - 4, jar))
        .containsExactly("--queue", "gpu", "--conf", "spark.task.maxFailures=9");
    assertThat(command.indexOf("spark.task.maxFailures=4")).isBetween(0, jar - 5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          train                                                                   | local-cluster[2,1,4096]
          train --set spark.executors=3 --set spark.cores-per-executor=2          | local-cluster[3,2,4096]
          train --set spark.native-mebibytes=1000                                 | local-cluster[2,1,2024]
          train --profile large                                                   | spark://m:7077
          train --profile large --master yarn                                     | yarn
          train --set spark.master=yarn --master local[3]                         | local[3]
          train --master yarn --set spark.conf.spark.master=spark://n:1           | spark://n:1
          train --master yarn -- --master spark://o:2                             | spark://o:2
          train --master yarn -- --master=spark://p:3                             | spark://p:3
          """)
  void theMasterIsTheStrongestOneGiven(String arguments, String master) throws IOException {
    assertThat(launch(arguments.split(" "))).isZero();
    List<String> command = command();
    assertThat(command.get(command.indexOf("--master") + 1)).isEqualTo(master);
  }

  @Test
  void aClusterGetsTheWholeOfEachExecutorForOneTask() throws IOException {
    launch("train", "--profile", "large");
    assertThat(command())
        .contains(
            "spark.executor.instances=8",
            "spark.executor.cores=4",
            "spark.cores.max=32",
            "spark.task.cpus=4",
            "spark.executorEnv.OMP_NUM_THREADS=4",
            "OMP_NUM_THREADS=4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"spark.driver.defaultJavaOptions=", "spark.executor.defaultJavaOptions="})
  void processesUseJavasFirstCompilerOnly(String property) throws IOException {
    launch("train");
    assertThat(command())
        .anyMatch(
            argument ->
                argument.startsWith(property) && argument.contains("-XX:TieredStopAtLevel=1"));
  }

  @Test
  void theOverheadOfAContainerCoversNativeMemoryAndJavasOwn() throws IOException {
    launch("train", "--profile", "large", "--set", "spark.native-mebibytes=2000");
    assertThat(command())
        .contains("spark.executor.memoryOverhead=2512m", "spark.driver.memoryOverhead=3024m");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -- --deploy-mode cluster
          -- --deploy-mode=cluster
          -- --conf spark.submit.deployMode=cluster
          --set spark.conf.spark.submit.deployMode=cluster
          """)
  void aDriverOnTheClusterGetsSettingsInsteadOfFilesOfThisMachine(String deployMode)
      throws IOException {
    Files.writeString(folder.resolve("here/my.conf"), "model.widths = [4, 4, 8], train.epochs = 3");
    launch(
        ("train --profile large --conf my.conf --set run.dir=hdfs://n/r " + deployMode).split(" "));
    List<String> command = command();
    List<String> ofDriver = command.subList(command.indexOf("train"), command.size());
    assertThat(ofDriver)
        .doesNotContain("--conf")
        .contains(
            "model.widths=[4,4,8]", "train.epochs=3", "run.dir=hdfs://n/r", "spark.executors=8")
        .doesNotContain("seed=1");
    assertThat(command)
        .contains("spark.standalone.submit.waitAppCompletion=true")
        .anyMatch(
            argument ->
                argument.startsWith("spark.driver.extraJavaOptions=--add-opens=")
                    && argument.contains("java.base/sun.nio.ch=ALL-UNNAMED")
                    && argument.contains("maxbytes=3072m"))
        .noneMatch(argument -> argument.contains("log4j2.configurationFile"));
  }

  @Test
  void aDriverOnYarnHasTheThreadsOfAnExecutor() throws IOException {
    launch("train", "--profile", "large", "--master", "yarn", "--", "--deploy-mode", "cluster");
    assertThat(command())
        .contains("spark.yarn.appMasterEnv.OMP_NUM_THREADS=4", "spark.yarn.am.waitTime=3600s");
  }

  @Test
  void onlyRunsOnThisMachineAreBoundToTheLoopbackAddress() throws IOException {
    launch("train");
    assertThat(command()).contains("SPARK_LOCAL_IP=127.0.0.1");
    launch("train", "--master", "spark://127.0.0.1:7077");
    assertThat(command()).contains("SPARK_LOCAL_IP=127.0.0.1");
    launch("train", "--profile", "large");
    assertThat(command()).noneMatch(argument -> argument.startsWith("SPARK_LOCAL_IP="));
  }

  @Test
  void theUsersOwnAddressIsKept() throws IOException {
    environment.put("SPARK_LOCAL_IP", "10.0.0.1");
    launch("train");
    assertThat(command()).contains("SPARK_LOCAL_IP=10.0.0.1");
  }

  @Test
  void aDriverThatWorksAloneMayUseTheMemoryOfAllExecutors() throws IOException {
    launch("train", "--master", "local[2]");
    assertThat(command())
        .anyMatch(
            argument ->
                argument.startsWith("spark.driver.defaultJavaOptions=")
                    && argument.contains("maxbytes=6144m")
                    && argument.contains("maxphysicalbytes=8192m"));
  }

  // ---- GPUs

  @Test
  void anExecutorThatAsksForAGpuGetsOneForItsTask() throws IOException {
    launch("train", "--profile", "large", "--set", "spark.gpu=true");
    assertThat(command())
        .contains(
            "spark.executor.resource.gpu.amount=1",
            "spark.task.resource.gpu.amount=1",
            "spark.plugins="
                + MetricsPlugin.class.getName()
                + ",org.anodespark.jobs.executor.GpuPlugin")
        .noneMatch(argument -> argument.contains("discoveryScript"));
    launch("train", "--profile", "large");
    assertThat(command()).noneMatch(argument -> argument.contains("gpu"));
  }

  @Test
  void onYarnTheDiscoveryScriptGoesAlong() throws IOException {
    launch("train", "--master", "yarn", "--set", "spark.gpu=true");
    assertThat(command())
        .contains(
            "spark.executor.resource.gpu.discoveryScript=./gpu-discovery.sh",
            "spark.files=file://" + folder.toString() + "/my%20home/conf/gpu-discovery.sh");
  }

  @Test
  void aPluginOfTheUserStays() throws IOException {
    launch(
        "train",
        "--profile",
        "large",
        "--set",
        "spark.gpu=true",
        "--set",
        "spark.conf.spark.plugins=my.Plugin");
    assertThat(command())
        .contains("spark.plugins=my.Plugin,org.anodespark.jobs.executor.GpuPlugin");
  }

  @Test
  void aMasterWithoutGpusIsRefusedWithTheWayOut() {
    assertThat(launch("train", "--set", "spark.gpu=true")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "anode-spark: spark.gpu is true, but the master local-cluster[2,1,4096] hands out no GPUs:"
                + " expected spark://HOST:PORT, yarn or k8s://URL; ./submit.sh cluster start --gpus"
                + " starts such a master here.\n");
  }

  // ---- native libraries apart from the jar

  @Test
  void nativeJarsGoOntoTheClassPathsBehindTheUsersOwn() throws IOException {
    Files.createDirectories(folder.resolve("here/native jars"));
    Files.createFile(folder.resolve("here/native jars/a.jar"));
    launch(
        "train",
        "--set",
        "spark.native-jars=native jars",
        "--set",
        "spark.conf.spark.executor.extraClassPath=/opt/mine.jar");
    assertThat(command())
        .contains(
            "spark.driver.extraClassPath=" + folder + "/here/native jars/*",
            "spark.executor.extraClassPath=/opt/mine.jar:" + folder + "/here/native jars/*",
            "spark.native-jars=" + folder + "/here/native jars");
  }

  @Test
  void aFolderWithoutNativeJarsIsRefusedWhereTheDriverRuns() throws IOException {
    assertThat(launch("train", "--set", "spark.native-jars=/none")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("anode-spark: spark.native-jars is /none, which is no folder with jars on this")
        .hasLineCount(1);
    String elsewhere =
        "train --profile large --set spark.native-jars=/none -- --deploy-mode cluster";
    assertThat(launch(elsewhere.split(" "))).isZero();
    assertThat(command()).contains("spark.driver.extraClassPath=/none/*");
  }

  @Test
  void nativeJarsOnAnotherFileSystemAreRefused() {
    assertThat(launch("train", "--set", "spark.native-jars=hdfs://n/jars")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("expected nothing, or a folder that is on every machine under the same path");
  }

  // ---- secrets

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --set spark.conf.spark.authenticate.secret=hunter2
          --set spark.conf.spark.hadoop.fs.s3a.access.key=hunter2
          --set spark.conf={spark.ssl.keyStorePassword:hunter2}
          --set spark.conf.spark.driver.extraJavaOptions=-Dtoken=hunter2
          --conf secret.conf
          -- --conf spark.authenticate.secret=hunter2
          -- --conf=spark.authenticate.secret=hunter2
          """)
  void secretsReachSparkAndAreNotShown(String arguments) throws IOException {
    Files.writeString(
        folder.resolve("here/secret.conf"), "spark.conf.spark.ssl.ui.keyPassword = hunter2");
    assertThat(launch(("train --dry-run " + arguments).split(" "))).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(SparkSecrets.MASK)
        .doesNotContain("hunter2");

    launch(("train " + arguments).split(" "));
    List<String> command = command();
    int jar = command.indexOf("/opt/anode-spark-jobs.jar");
    assertThat(command.subList(0, jar)).anyMatch(argument -> argument.endsWith("hunter2"));
    assertThat(command.subList(jar, command.size()))
        .noneMatch(argument -> argument.contains("hunter2"));
  }

  @Test
  void aRefusalDoesNotShowASecret() {
    launch("train", "--set", "spark.conf.spark.my.secret=[hunter2]");
    launch("train", "--set", "spark.conf.spark.my.secret=[hunter2");
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains(SparkSecrets.MASK)
        .hasLineCount(2)
        .doesNotContain("hunter2");
  }

  // ---- files and paths for the driver

  @Test
  void theDriverGetsAbsoluteFilesInTheirOrder() throws IOException {
    Files.writeString(folder.resolve("here/a b.conf"), "seed = 2");
    launch("train", "--conf", "a b.conf", "--conf", folder.resolve("here/a b.conf").toString());
    List<String> command = command();
    assertThat(command.subList(command.indexOf("train"), command.size()))
        .startsWith(
            "train",
            "--conf",
            folder + "/my home/conf/profiles/local.conf",
            "--conf",
            folder + "/here/a b.conf",
            "--conf",
            folder + "/here/a b.conf",
            "--set");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''              | file:FOLDER/my home/runs/train-20260304-050607
          runs/one        | file:FOLDER/here/runs/one
          ../x            | file:FOLDER/x
          a:b             | file:FOLDER/here/a:b
          ~               | file:/home/me
          ~/runs          | file:/home/me/runs
          /runs/one       | /runs/one
          hdfs://nn/one   | hdfs://nn/one
          file:/runs/one  | file:/runs/one
          """)
  void theRunDirectoryIsMadeAbsolute(String typed, String absolute) throws IOException {
    launch("train", "--set", "run.dir=" + typed);
    assertThat(command()).endsWith("run.dir=" + absolute.replace("FOLDER", folder.toString()));
  }

  @Test
  void sourceAndPathOfTheDataAreMadeAbsolute() throws IOException {
    launch("prepare", "--set", "data.source=cifar.tar.gz", "--set", "data.path=shards");
    assertThat(command())
        .contains(
            "data.source=file:" + folder + "/here/cifar.tar.gz",
            "data.path=file:" + folder + "/here/shards");
  }

  @Test
  void whatAModelIsUsedForIsMadeAbsolute() throws IOException {
    launch(
        "predict",
        "--set",
        "predict.model=runs/1",
        "--set",
        "predict.input=images/*.png",
        "--set",
        "predict.output=hdfs://nn/out");
    assertThat(command())
        .contains(
            "predict.model=file:" + folder + "/here/runs/1",
            "predict.input=file:" + folder + "/here/images/*.png",
            "predict.output=hdfs://nn/out");
    assertThat(command()).noneMatch(argument -> argument.startsWith("export."));
  }

  @Test
  void runsAndOutputOfAReportAreMadeAbsolute() throws IOException {
    launch(
        "report",
        "--set",
        "report.runs=[runs/one, \"hdfs://nn/a b\"]",
        "--set",
        "report.output=page.html");
    assertThat(command())
        .contains(
            "report.runs=[\"file:" + folder + "/here/runs/one\",\"hdfs://nn/a b\"]",
            "report.output=file:" + folder + "/here/page.html");
  }

  @Test
  void builtInDataAreKeptApartBySeedAndSize() throws IOException {
    launch("train", "--set", "seed=7", "--set", "data.builtin={ train = 10, test = 5 }");
    assertThat(command()).contains("data.path=file:" + folder + "/my home/data/builtin-7-10-5");
  }

  @Test
  void validationImagesGiveTheDataAnotherFolder() throws IOException {
    launch("train", "--set", "seed=7", "--set", "data.validation=500");
    assertThat(command())
        .contains("data.path=file:" + folder + "/my home/data/builtin-7-8000-2000-validation-500");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          data.set=cifar10      | cifar10
          data.set=cifar100     | cifar100
          data.validation=5000  | cifar10-validation-5000-1
          """)
  void downloadedDataAreKeptApartBySetAndValidation(String setting, String name)
      throws IOException {
    launch("prepare", "--set", "data.source=download", "--set", setting);
    assertThat(command())
        .contains("data.source=download", "data.path=file:" + folder + "/my home/data/" + name);
  }

  @Test
  void downloadsAreKeptBelowTheProjectUnlessAFolderIsNamed() throws IOException {
    launch("prepare", "--set", "data.source=download");
    assertThat(command()).contains("data.download.folder=file:" + folder + "/my home/downloads");
    launch("prepare", "--set", "data.source=download", "--set", "data.download.folder=archives");
    assertThat(command()).contains("data.download.folder=file:" + folder + "/here/archives");
  }

  // ---- helpers

  private int launch(String... arguments) {
    return new Launcher(
            environment,
            folder.resolve("here"),
            NOW,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .run(Arrays.asList(arguments));
  }

  /** What submit.sh would read: variables, an empty line, arguments. */
  private List<String> command() throws IOException {
    String content = Files.readString(commandFile);
    assertThat(content).endsWith("\0");
    return Arrays.asList(content.substring(0, content.length() - 1).split("\0", -1));
  }

  private void profile(String name, String content) throws IOException {
    Files.writeString(folder.resolve("my home/conf/profiles/" + name + ".conf"), content);
  }

  private static String resource(String name) throws IOException {
    try (InputStream stream = LauncherTest.class.getResourceAsStream(name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
