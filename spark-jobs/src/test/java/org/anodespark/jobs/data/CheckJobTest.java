/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.files.Sha256;
import org.anodespark.jobs.testing.LocalSpark;
import org.anodespark.jobs.testing.TestContexts;
import org.anodespark.jobs.testing.TestSettings;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The job reads all there is, and finds whatever is not as the manifest says. */
class CheckJobTest {
  private static JavaSparkContext spark;

  @TempDir Path temp;

  private Path data;
  private Path run;

  @BeforeAll
  static void startSpark() {
    spark = LocalSpark.start("local[2]");
  }

  @AfterAll
  static void stopSpark() {
    spark.close();
  }

  /** 20 train images in four shards of 6, 6, 6 and 2; 10 test images in shards of 6 and 4. */
  @BeforeEach
  void prepare() {
    data = temp.resolve("data set");
    run = temp.resolve("run");
    prepare("builtin", data);
  }

  private static void prepare(Object source, Path path) {
    new Preparation(new Configuration(), line -> {}).prepare(CifarFiles.settings(source, path), 1);
  }

  private List<String> check() {
    return check(new Configuration());
  }

  private List<String> check(Configuration hadoop) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new CheckJob()
        .run(
            TestContexts.of(
                "check", TestSettings.in(run.toString(), data.toString(), 1), hadoop, spark, out));
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private JsonNode summary() throws IOException {
    return new ObjectMapper().readTree(run.resolve("summary.json").toFile());
  }

  private JobFailure refusal() {
    return refusal(this::check);
  }

  private static JobFailure refusal(ThrowingCallable check) {
    JobFailure failure = catchThrowableOfType(JobFailure.class, check);
    assertThat(failure.getMessage()).doesNotContain("\n").endsWith(".");
    return failure;
  }

  /** Rewrites a file as another program would: without Hadoop's local checksums. */
  private void overwrite(String file, byte[] bytes) throws IOException {
    Files.deleteIfExists(data.resolve("." + file + ".crc"));
    Files.write(data.resolve(file), bytes);
  }

  private void flip(String file, int position) throws IOException {
    byte[] bytes = Files.readAllBytes(data.resolve(file));
    bytes[position] ^= 1;
    overwrite(file, bytes);
  }

  @Test
  void printsSizesAndBalanceOfASoundDataSet() {
    assertThat(check())
        .containsExactly(
            "Data set builtin-shapes in " + data + " is as its manifest says:",
            "  split      shards   images         images per class",
            "  train           4       20                        2",
            "  test            2       10                        1",
            "Mean of the channels: 0.4183, 0.6570, 0.4765",
            "Standard deviation:   0.2886, 0.2311, 0.3071");
  }

  @Test
  void printsBothLabelsOfCifar100() throws IOException {
    data = temp.resolve("cifar-100 shards");
    prepare(CifarFiles.writeCifar100(temp.resolve("cifar")), data);
    assertThat(check())
        .contains(
            "  split      shards   images  images per coarse class    images per fine class",
            "  train           2        7                   0 to 1                   0 to 1");
  }

  @Test
  void readsTheValidationSplitToo() throws IOException {
    data = temp.resolve("with validation");
    new Preparation(new Configuration(), line -> {})
        .prepare(CifarFiles.settings("builtin", data, 10), 1);
    assertThat(check())
        .contains(
            "  train           2       10                        1",
            "  validation      2       10                        1",
            "  test            2       10                        1");
    flip("validation-00001.bin", 0);
    run = temp.resolve("second run");
    assertThat(refusal()).hasMessageContaining("says: validation-00001.bin has the SHA-256 ");
  }

  @Test
  void writesWhatItFoundIntoTheSummary() throws IOException {
    check();
    JsonNode summary = summary();
    assertThat(summary.get("job").asText()).isEqualTo("check");
    assertThat(summary.get("status").asText()).isEqualTo("done");
    JsonNode train = summary.get("splits").get("train");
    assertThat(train.get("shards").asInt()).isEqualTo(4);
    assertThat(train.get("examples").asInt()).isEqualTo(20);
    assertThat(train.get("examples_per_class").get("label").get("least").asInt()).isEqualTo(2);
    assertThat(train.get("examples_per_class").get("label").get("most").asInt()).isEqualTo(2);
    assertThat(summary.get("mean")).hasSize(3);
    assertThat(summary.get("standard_deviation")).hasSize(3);
    assertThat(summary.has("damaged_shards")).isFalse();
  }

  @Test
  void eachShardIsReadByATaskOfItsOwn() throws Exception {
    Map<Integer, Integer> tasksOfStage = new HashMap<>();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onTaskEnd(SparkListenerTaskEnd task) {
            tasksOfStage.merge(task.stageId(), 1, Integer::sum);
          }
        };
    spark.sc().addSparkListener(listener);
    try {
      check();
      spark.sc().listenerBus().waitUntilEmpty();
      assertThat(tasksOfStage.values()).containsExactly(6);
    } finally {
      spark.sc().removeSparkListener(listener);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3072, 3073, 2 * 3073 - 1})
  void oneFlippedBitIsFound(int position) throws IOException {
    flip("train-00003.bin", position);
    JobFailure refusal = refusal();
    assertThat(refusal.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION);
    assertThat(refusal)
        .hasMessageStartingWith(
            "1 of the 6 shards in "
                + data
                + " is not as the manifest says: train-00003.bin has the SHA-256 ")
        .hasMessageEndingWith("; prepare the data set again.");
  }

  @Test
  void aFlippedBitThatTheLocalFileSystemFindsIsFoundToo() throws IOException {
    byte[] bytes = Files.readAllBytes(data.resolve("train-00000.bin"));
    bytes[2 * 3073 + 5] ^= 1;
    Files.write(data.resolve("train-00000.bin"), bytes);
    assertThat(refusal())
        .hasMessageContaining(
            "train-00000.bin is damaged near record 1, where the file system found a wrong"
                + " checksum");
  }

  @Test
  void everyDamagedShardIsNamed() throws IOException {
    Files.delete(data.resolve("train-00001.bin"));
    overwrite(
        "train-00002.bin",
        Arrays.copyOf(Files.readAllBytes(data.resolve("train-00002.bin")), 6 * 3073 + 1));
    flip("test-00000.bin", 7);
    overwrite(
        "test-00001.bin",
        Arrays.copyOf(Files.readAllBytes(data.resolve("test-00001.bin")), 3 * 3073));

    assertThat(refusal())
        .hasMessageContainingAll(
            "4 of the 6 shards in " + data + " are not as the manifest says: ",
            "train-00001.bin is missing; ",
            "train-00002.bin has 18439 bytes, expected 18438; ",
            "test-00000.bin has the SHA-256 ",
            "test-00001.bin has 9219 bytes, expected 12292; prepare the data set again.");
    assertThat(summary().get("status").asText()).isEqualTo("failed");
    assertThat(summary().get("damaged_shards"))
        .extracting(shard -> shard.get("file").asText())
        .containsExactly("train-00001.bin", "train-00002.bin", "test-00000.bin", "test-00001.bin");
    assertThat(summary().has("splits")).isFalse();
  }

  @Test
  void aLabelOutOfRangeIsNamedWithItsRecord() throws IOException {
    byte[] bytes = Files.readAllBytes(data.resolve("test-00001.bin"));
    bytes[2 * 3073] = 77;
    overwrite("test-00001.bin", bytes);
    assertThat(refusal()).hasMessageContaining(", and has label 77 in record 2, expected 0 to 9");
  }

  @Test
  void aLabelOutOfRangeIsFoundUnderARightSha256() throws IOException {
    byte[] bytes = Files.readAllBytes(data.resolve("test-00001.bin"));
    bytes[2 * 3073] = 77;
    String before = Sha256.of(Files.readAllBytes(data.resolve("test-00001.bin")));
    overwrite("test-00001.bin", bytes);
    replaceInManifest(before, Sha256.of(bytes));
    assertThat(refusal())
        .hasMessageContaining("test-00001.bin has label 77 in record 2, expected 0 to 9; prepare");
  }

  private void replaceInManifest(String found, String replacement) throws IOException {
    String json = Files.readString(data.resolve("manifest.json"));
    assertThat(json).contains(found);
    overwrite("manifest.json", json.replace(found, replacement).getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"label\" : [ 2, 2, 2, | \"label\" : [ 2, 3, 1, | train.class_counts.label says 3 of class 1"
            + " (ring), the shards hold 2",
        "\"label\" : [ 1, 1, | \"label\" : [ 0, 2, | test.class_counts.label says 0 of class 0"
            + " (disc), the shards hold 1",
        "\"mean\" : [ 0.4 | \"mean\" : [ 0.3 | mean says 0.3",
        "\"standard_deviation\" : [ 0.2 | \"standard_deviation\" : [ 0.3 | standard_deviation says"
            + " 0.3",
      })
  void aManifestThatLiesOfWholeShardsIsFound(String found, String replacement, String message)
      throws IOException {
    replaceInManifest(found, replacement);
    JobFailure refusal = refusal();
    assertThat(refusal.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION);
    assertThat(refusal)
        .hasMessageStartingWith(data + "/manifest.json does not describe its shards: ")
        .hasMessageContaining(message)
        .hasMessageEndingWith("; prepare the data set again.");
  }

  @Test
  void aFolderWithoutManifestIsRefused() {
    data = temp.resolve("nothing");
    JobFailure refusal = refusal();
    assertThat(refusal.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION);
    assertThat(refusal).hasMessageContaining("holds no manifest.json; make the data set with");
  }

  @Test
  void aFileSystemThatFailsIsNoDamageOfTheShards() {
    Configuration hadoop = FaultyFileSystem.configuration(data);
    check(hadoop);
    int all = FaultyFileSystem.operations();
    run = temp.resolve("second run");
    FaultyFileSystem.failAfter(all / 2);

    JobFailure refusal = refusal(() -> check(hadoop));
    assertThat(refusal.exitCode()).isEqualTo(ExitCode.PREFLIGHT_FAILED);
    assertThat(refusal)
        .hasMessage(
            "The shards in "
                + data
                + " could not be read (the file system is gone): see that their file system is"
                + " reachable and whole, and check again.");
  }
}
