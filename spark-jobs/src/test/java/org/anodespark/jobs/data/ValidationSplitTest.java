/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code data.validation}, some train images become a split of their own. */
class ValidationSplitTest {
  private static final int RECORD = 3073;

  @TempDir Path temp;

  private final Configuration hadoop = new Configuration();
  private Path data;

  @BeforeEach
  void nameFolder() {
    data = temp.resolve("data");
  }

  private Manifest prepare(Object source, int validation, long seed) {
    return new Preparation(hadoop, line -> {})
        .prepare(CifarFiles.settings(source, data, validation), seed);
  }

  private Manifest read() {
    return Manifest.read(new org.apache.hadoop.fs.Path(data.toUri()), hadoop);
  }

  /** The records of a split in order, in hexadecimal digits. */
  private List<String> records(Manifest manifest, SplitName split) throws IOException {
    List<String> records = new ArrayList<>();
    for (Manifest.Shard shard : manifest.split(split).shards()) {
      byte[] bytes = Files.readAllBytes(data.resolve(shard.file()));
      for (int start = 0; start < bytes.length; start += RECORD) {
        records.add(HexFormat.of().formatHex(Arrays.copyOfRange(bytes, start, start + RECORD)));
      }
    }
    return records;
  }

  private List<String> recordsWithoutValidation() throws IOException {
    Path here = data;
    data = temp.resolve("plain");
    List<String> records = records(prepare("builtin", 0, 42), SplitName.TRAIN);
    data = here;
    return records;
  }

  @Test
  void trainAndValidationTogetherAreTheTrainImages() throws IOException {
    List<String> all = recordsWithoutValidation();
    Manifest manifest = prepare("builtin", 8, 42);

    List<String> train = records(manifest, SplitName.TRAIN);
    List<String> validation = records(manifest, SplitName.VALIDATION);
    assertThat(train).hasSize(12).doesNotContainAnyElementsOf(validation);
    assertThat(validation).hasSize(8);
    assertThat(Stream.concat(train.stream(), validation.stream()))
        .containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void bothKeepTheOrderOfTheSource() throws IOException {
    List<String> all = recordsWithoutValidation();
    Manifest manifest = prepare("builtin", 8, 42);

    for (SplitName split : List.of(SplitName.TRAIN, SplitName.VALIDATION)) {
      assertThat(records(manifest, split).stream().map(all::indexOf).toList()).isSorted();
    }
  }

  @Test
  void testImagesStayAsTheyAre() throws IOException {
    Manifest manifest = prepare("builtin", 8, 42);
    List<String> with = records(manifest, SplitName.TEST);
    data = temp.resolve("plain");
    assertThat(records(prepare("builtin", 0, 42), SplitName.TEST)).isEqualTo(with);
  }

  @Test
  void eachClassGivesItsShare() {
    Manifest manifest = prepare("builtin", 10, 42);
    assertThat(manifest.validation().classCounts().get("label"))
        .isEqualTo(Collections.nCopies(10, 1));
    assertThat(manifest.train().classCounts().get("label")).isEqualTo(Collections.nCopies(10, 1));
  }

  @Test
  void fineLabelsDecideOnTheSharesOfCifar100() throws IOException {
    // all fine classes of the seven images differ: their shares are equal, and the lowest win
    Manifest manifest = prepare(CifarFiles.writeCifar100(temp.resolve("cifar")), 3, 42);
    List<Integer> counts = manifest.validation().classCounts().get("fine");
    assertThat(List.of(counts.get(0), counts.get(11), counts.get(22))).containsOnly(1);
  }

  @Test
  void theSeedDecidesWhich() throws IOException {
    Path source = CifarFiles.writeCifar10(temp.resolve("cifar"));
    List<List<String>> chosen = new ArrayList<>();
    for (long seed : new long[] {1, 1, 2}) {
      data = temp.resolve("data-" + chosen.size());
      chosen.add(records(prepare(source, 7, seed), SplitName.VALIDATION));
    }
    assertThat(chosen.get(1)).isEqualTo(chosen.get(0));
    assertThat(chosen.get(2)).isNotEqualTo(chosen.get(0));
  }

  @Test
  void statisticsAreThoseOfTheRemainingTrainImages() throws IOException {
    Manifest manifest = prepare("builtin", 8, 42);

    double sum = 0;
    List<String> train = records(manifest, SplitName.TRAIN);
    for (String record : train) {
      byte[] bytes = HexFormat.of().parseHex(record);
      for (int i = 1; i <= 1024; i++) {
        sum += (bytes[i] & 0xFF) / 255.0;
      }
    }
    assertThat(manifest.mean().get(0)).isCloseTo(sum / train.size() / 1024, within(1e-12));
  }

  @Test
  void theNoteTellsOfIt() {
    assertThat(prepare("builtin", 8, 42).note())
        .isEqualTo(
            BuiltinSource.NOTE
                + " Of its 20 train images 8 are held out for validation, from each class its share,"
                + " chosen with seed 42.");
  }

  @Test
  void theManifestComesBackWithIt() {
    Manifest manifest = prepare("builtin", 8, 42);
    assertThat(read()).isEqualTo(manifest);
    assertThat(read().hasValidation()).isTrue();
    assertThat(read().splits())
        .containsExactly(SplitName.TRAIN, SplitName.VALIDATION, SplitName.TEST);
    assertThat(read().validation().shards())
        .extracting(Manifest.Shard::file)
        .containsExactly("validation-00000.bin", "validation-00001.bin");
  }

  @Test
  void aManifestWithoutItDoesNotMentionIt() throws IOException {
    prepare("builtin", 0, 42);
    assertThat(Files.readString(data.resolve("manifest.json"))).doesNotContain("validation");
    assertThat(read().hasValidation()).isFalse();
    assertThat(read().validation()).isEqualTo(Manifest.Split.NONE);
    assertThat(read().splits()).containsExactly(SplitName.TRAIN, SplitName.TEST);
  }

  @Test
  void aMissingValidationShardIsFoundOnReading() throws IOException {
    prepare("builtin", 8, 42);
    Files.delete(data.resolve("validation-00001.bin"));
    assertThatThrownBy(this::read)
        .isInstanceOf(JobFailure.class)
        .hasMessageContaining("validation-00001.bin is missing");
  }

  @Test
  void theLoaderGivesValidationImagesUnchanged() throws IOException {
    Manifest manifest = prepare("builtin", 8, 42);
    ShardDataSetLoader loader =
        new ShardDataSetLoader(
            manifest,
            new org.apache.hadoop.fs.Path(data.toUri()),
            "fine",
            64,
            new Augmentation(true, 4),
            hadoop);
    List<Integer> all = List.of(0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(loader.load(new MinibatchDescriptor(SplitName.VALIDATION, 1, all)))
        .isEqualTo(loader.load(new MinibatchDescriptor(SplitName.VALIDATION, 2, all)));
  }

  @Test
  void someTrainImagesMustBeLeft() {
    assertThatThrownBy(() -> prepare("builtin", 20, 42))
        .isInstanceOfSatisfying(
            JobFailure.class,
            failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessage(
            "data.validation is 20, expected fewer than the 20 train images that there are.");
    assertThat(data).doesNotExist();
  }
}
