/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The manifest's format, and what is refused on reading it. */
class ManifestTest {
  @TempDir Path temp;

  private final Configuration hadoop = new Configuration();
  private Path data;
  private Manifest written;

  @BeforeEach
  void prepare() {
    data = temp.resolve("data");
    written = new Preparation(hadoop, line -> {}).prepare(CifarFiles.settings("builtin", data), 1);
  }

  private Manifest read() {
    return Manifest.read(new org.apache.hadoop.fs.Path(data.toUri()), hadoop);
  }

  private Path file() {
    return data.resolve("manifest.json");
  }

  /** Writes as another program would, without Hadoop's local checksum file. */
  private void overwrite(String json) throws IOException {
    Files.deleteIfExists(data.resolve(".manifest.json.crc"));
    Files.writeString(file(), json);
  }

  private void replace(String found, String replacement) throws IOException {
    String json = Files.readString(file());
    assertThat(json).contains(found);
    overwrite(json.replace(found, replacement));
  }

  private void assertRefused(String... parts) {
    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(
            JobFailure.class,
            failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .message()
        .contains(parts)
        .contains(data.toString())
        .doesNotContain("\n");
  }

  @Test
  void fileIsAsInTheGoldenCopy() throws IOException {
    try (var golden =
        Objects.requireNonNull(getClass().getResourceAsStream("manifest-builtin.json"))) {
      assertThat(Files.readString(file()))
          .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void whatIsReadIsWhatWasWritten() {
    assertThat(read()).isEqualTo(written);
  }

  @Test
  void builtinDataSetSaysThatItIsNotCifar() {
    assertThat(read().builtin()).isTrue();
    assertThat(read().note()).contains("not CIFAR");
    assertThat(read().seed()).isEqualTo(1);
  }

  @Test
  void existsAtTellsWhetherThereIsOne() {
    assertThat(Manifest.existsAt(new org.apache.hadoop.fs.Path(data.toUri()), hadoop)).isTrue();
    assertThat(Manifest.existsAt(new org.apache.hadoop.fs.Path(temp.toUri()), hadoop)).isFalse();
  }

  @Test
  void missingManifest() throws IOException {
    Files.delete(file());
    assertRefused("holds no manifest.json; make the data set with the job prepare.");
  }

  @Test
  void textThatIsNotJson() throws IOException {
    overwrite("not json");
    assertRefused("manifest.json is not a manifest that the job prepare wrote");
  }

  @Test
  void cutFile() throws IOException {
    String json = Files.readString(file());
    overwrite(json.substring(0, json.length() / 2));
    assertRefused("manifest.json is not a manifest that the job prepare wrote");
  }

  @Test
  void fileWithWrongLocalChecksum() throws IOException {
    Files.writeString(file(), Files.readString(file()).replace("builtin-shapes", "builtin-shape5"));
    assertRefused("manifest.json cannot be read (Checksum error");
  }

  @Test
  void unknownVersion() throws IOException {
    replace("\"format_version\" : 1", "\"format_version\" : 2");
    assertRefused("has format_version 2, expected 1");
  }

  @Test
  void noVersion() throws IOException {
    overwrite("{}");
    assertRefused("has format_version (none), expected 1");
  }

  @Test
  void unknownKey() throws IOException {
    replace("\"seed\" : 1,", "\"seed\" : 1, \"salt\" : 2,");
    assertRefused("is not a manifest", "\"salt\"");
  }

  @Test
  void missingKey() throws IOException {
    replace("\"seed\" : 1,", "");
    assertRefused("is not a manifest", "'seed'");
  }

  @Test
  void nullInPlaceOfAValue() throws IOException {
    replace("\"name\" : \"builtin-shapes\"", "\"name\" : null");
    assertRefused("is not a manifest", "name");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"examples\" : 20 | \"examples\" : 21 | the sum of records in train.shards is 20, expected"
            + " train.examples, 21",
        "\"examples\" : 10 | \"examples\" : 0 | test.examples is 0, expected 1 or more",
        "\"label\" : [ 2, 2, | \"label\" : [ 3, 2, | the sum of train.class_counts.label is 21",
        "\"label\" : [ 2, 2, | \"label\" : [ 4, | the length of train.class_counts.label is 9,"
            + " expected 10",
        "\"label\" : [ 1, | \"coarse\" : [ 1, | the labels of test.class_counts is [coarse],"
            + " expected [label]",
        "\"records\" : 2, | \"records\" : 3, | train shard train-00003.bin: bytes is 6146, expected"
            + " 9219",
        "\"records\" : 2, | \"records\" : 0, | train shard train-00003.bin: records is 0",
        "\"bytes\" : 6146 | \"bytes\" : 6145 | train-00003.bin: bytes is 6145, expected 6146",
        "\"file\" : \"test-00000.bin\" | \"file\" : \"../test-00000.bin\" | a file name of"
            + " test.shards is \"../test-00000.bin\", expected a plain file name",
        "\"file\" : \"test-00001.bin\" | \"file\" : \"train-00001.bin\" | a second mention of test"
            + " shard train-00001.bin is there, expected one",
        "\"sha256\" : \" | \"sha256\" : \"X | sha256",
        "\"record_bytes\" : 3073 | \"record_bytes\" : 3072 | layout.record_bytes is 3072, expected"
            + " 3073",
        "\"height\" : 32 | \"height\" : 0 | layout.height is 0",
        "\"offset\" : 0 | \"offset\" : 1 | the offset of label label is 1, expected 0",
        "\"mean\" : [ | \"mean\" : [ 0.5, | the length of mean is 4, expected 3",
        "\"standard_deviation\" : [ | \"standard_deviation\" : [ 0.5, | the length of"
            + " standard_deviation is 4, expected 3",
      })
  void inconsistentManifest(String found, String replacement, String message) throws IOException {
    replace(found, replacement);
    assertRefused("manifest.json contradicts itself: ", message);
  }

  @Test
  void missingShard() throws IOException {
    Files.delete(data.resolve("train-00002.bin"));
    assertRefused("train-00002.bin is missing, but the manifest lists it");
  }

  @Test
  void shardOfWrongLength() throws IOException {
    Files.write(data.resolve("test-00001.bin"), new byte[3073]);
    assertRefused("test-00001.bin has 3073 bytes, expected 12292 as in the manifest");
  }
}
