/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.anodespark.jobs.files.Sha256;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** CIFAR comes through archive, shards and loader unchanged. */
class CifarPreparationTest {
  @TempDir Path temp;

  private final Configuration hadoop = new Configuration();
  private final List<String> progress = new ArrayList<>();
  private Path data;

  @BeforeEach
  void nameFolder() {
    data = temp.resolve("data set");
  }

  private Manifest prepare(Path source) {
    return new Preparation(hadoop, progress::add).prepare(CifarFiles.settings(source, data), 1);
  }

  private DataSet load(Manifest manifest, SplitName split, String labels) throws IOException {
    List<Integer> all = IntStream.range(0, manifest.split(split).examples()).boxed().toList();
    return new ShardDataSetLoader(
            manifest,
            new org.apache.hadoop.fs.Path(data.toUri()),
            labels,
            64,
            Augmentation.NONE,
            hadoop)
        .load(new MinibatchDescriptor(split, 0, all));
  }

  /** Pixel bytes as they were, from normalised features [N, H, W, C]. */
  private static int pixel(Manifest manifest, INDArray features, int n, int y, int x, int c) {
    double value = features.getDouble(n, y, x, c);
    double pixel = value * manifest.standardDeviation().get(c) + manifest.mean().get(c);
    return (int) Math.round(pixel * 255);
  }

  private static void assertPixels(Manifest manifest, INDArray features, int labelBytes) {
    for (int n = 0; n < features.size(0); n++) {
      byte[] record = CifarFiles.record(n, new int[labelBytes]);
      for (int c = 0; c < 3; c++) {
        for (int y = 0; y < 32; y += 5) {
          for (int x = 0; x < 32; x += 3) {
            assertThat(pixel(manifest, features, n, y, x, c))
                .as("record %d, row %d, column %d, channel %d", n, y, x, c)
                .isEqualTo(record[labelBytes + 1024 * c + 32 * y + x] & 0xFF);
          }
        }
      }
    }
  }

  private static List<Integer> classes(DataSet dataSet) {
    return IntStream.of(dataSet.getLabels().argMax(1).toIntVector()).boxed().toList();
  }

  @Test
  void cifar10ArchiveComesBackFromTheLoader() throws IOException {
    Path folder = CifarFiles.writeCifar10(temp.resolve("cifar-10-batches-bin"));
    Manifest manifest = prepare(CifarFiles.pack(folder, temp.resolve("cifar-10.tar.gz")));

    DataSet train = load(manifest, SplitName.TRAIN, "fine");
    assertThat(train.getFeatures().shape()).containsExactly(CifarFiles.TRAIN_10, 32, 32, 3);
    assertThat(train.getLabels().shape()).containsExactly(CifarFiles.TRAIN_10, 10);
    assertPixels(manifest, train.getFeatures(), 1);
    assertThat(classes(train))
        .isEqualTo(
            IntStream.range(0, CifarFiles.TRAIN_10).map(CifarFiles::label10).boxed().toList());

    DataSet test = load(manifest, SplitName.TEST, "fine");
    assertPixels(manifest, test.getFeatures(), 1);
    assertThat(classes(test)).containsExactly(0, 3, 6, 9);
  }

  @Test
  void cifar100ArchiveComesBackWithFineLabels() throws IOException {
    Path folder = CifarFiles.writeCifar100(temp.resolve("cifar-100-binary"));
    Manifest manifest = prepare(CifarFiles.pack(folder, temp.resolve("cifar-100.tar.gz")));

    DataSet train = load(manifest, SplitName.TRAIN, "fine");
    assertThat(train.getLabels().shape()).containsExactly(CifarFiles.TRAIN_100, 100);
    assertPixels(manifest, train.getFeatures(), 2);
    assertThat(classes(train)).containsExactly(0, 37, 74, 11, 48, 85, 22);
  }

  @Test
  void cifar100ArchiveComesBackWithCoarseLabels() throws IOException {
    Path folder = CifarFiles.writeCifar100(temp.resolve("cifar-100-binary"));
    Manifest manifest = prepare(CifarFiles.pack(folder, temp.resolve("cifar-100.tar.gz")));

    DataSet test = load(manifest, SplitName.TEST, "coarse");
    assertThat(test.getLabels().shape()).containsExactly(CifarFiles.TEST_100, 20);
    assertPixels(manifest, test.getFeatures(), 2);
    assertThat(classes(test)).containsExactly(0, 7, 14);
  }

  @Test
  void shardsHoldTheSourceRecordsByteForByte() throws IOException {
    Path folder = CifarFiles.writeCifar10(temp.resolve("cifar"));
    Manifest manifest = prepare(folder);

    assertThat(manifest.train().shards())
        .extracting(Manifest.Shard::file, Manifest.Shard::records, Manifest.Shard::bytes)
        .containsExactly(
            tuple("train-00000.bin", 6, 6 * 3073L),
            tuple("train-00001.bin", 6, 6 * 3073L),
            tuple("train-00002.bin", 3, 3 * 3073L));
    byte[] second = Files.readAllBytes(data.resolve("train-00001.bin"));
    for (int i = 0; i < 6; i++) {
      byte[] record = Arrays.copyOfRange(second, i * 3073, (i + 1) * 3073);
      assertThat(record).isEqualTo(CifarFiles.record(6 + i, CifarFiles.label10(6 + i)));
    }
  }

  @Test
  void folderItsParentAndArchiveGiveEqualShards() throws IOException {
    Path folder = CifarFiles.writeCifar10(temp.resolve("source/cifar-10-batches-bin"));
    Path archive = CifarFiles.pack(folder, temp.resolve("archive.tar.gz"));

    List<Map<String, String>> results = new ArrayList<>();
    for (Path source : List.of(folder, folder.getParent(), archive)) {
      data = temp.resolve("data-" + results.size());
      prepare(source);
      results.add(checksumsOfShards(data));
    }
    assertThat(results.get(1)).isEqualTo(results.get(0));
    assertThat(results.get(2)).isEqualTo(results.get(0));
  }

  private static Map<String, String> checksumsOfShards(Path folder) throws IOException {
    Map<String, String> checksums = new TreeMap<>();
    try (var listing = Files.newDirectoryStream(folder, "*.bin")) {
      for (Path shard : listing) {
        checksums.put(shard.getFileName().toString(), Sha256.of(Files.readAllBytes(shard)));
      }
    }
    return checksums;
  }

  @Test
  void manifestCountsClassesAndNamesThem() throws IOException {
    Manifest manifest = prepare(CifarFiles.writeCifar100(temp.resolve("cifar")));

    assertThat(manifest.name()).isEqualTo("cifar-100");
    assertThat(manifest.builtin()).isFalse();
    assertThat(manifest.layout().recordBytes()).isEqualTo(3074);
    assertThat(manifest.layout().label("fine").classes())
        .isEqualTo(CifarFiles.namesList("fine", 100));
    assertThat(manifest.layout().label("coarse").classes())
        .isEqualTo(CifarFiles.namesList("coarse", 20));
    assertThat(manifest.test().classCounts().get("coarse"))
        .hasSize(20)
        .satisfies(counts -> assertThat(counts.get(7)).isEqualTo(1))
        .satisfies(counts -> assertThat(counts.get(8)).isZero());
  }

  @Test
  void manifestHasMeanAndDeviationOfTheTrainPixels() throws IOException {
    Manifest manifest = prepare(CifarFiles.writeCifar10(temp.resolve("cifar")));

    // Straight from the definition, on the bytes of the green plane.
    double sum = 0;
    double squares = 0;
    int pixels = CifarFiles.TRAIN_10 * 1024;
    for (int number = 0; number < CifarFiles.TRAIN_10; number++) {
      byte[] record = CifarFiles.record(number, 0);
      for (int i = 1 + 1024; i < 1 + 2048; i++) {
        double value = (record[i] & 0xFF) / 255.0;
        sum += value;
        squares += value * value;
      }
    }
    double mean = sum / pixels;
    assertThat(manifest.mean().get(1)).isCloseTo(mean, within(1e-12));
    assertThat(manifest.standardDeviation().get(1))
        .isCloseTo(Math.sqrt(squares / pixels - mean * mean), within(1e-12));
  }

  @Test
  void noteSaysThatASubsetIsNotTheOfficialDataSet() throws IOException {
    Manifest manifest = prepare(CifarFiles.writeCifar10(temp.resolve("cifar")));

    assertThat(manifest.note())
        .isEqualTo(
            "CIFAR-10, read from cifar. It has 15 train and 4 test images; the official data set"
                + " has 50000 and 10000.");
  }

  @Test
  void progressNamesDataSetAndCounts() throws IOException {
    Path source = CifarFiles.writeCifar10(temp.resolve("cifar"));
    prepare(source);

    assertThat(progress)
        .containsExactly(
            "Preparing cifar-10 from " + source,
            "  train: 15 images in 3 shards",
            "  test: 4 images in 1 shard");
  }
}
