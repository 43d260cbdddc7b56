/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.DataSet;

/** MNIST's IDX files come through shards and loader unchanged, and what is wrong is refused. */
class MnistPreparationTest {
  private static final int SIDE = 28;
  private static final int TRAIN = 7;
  private static final int TEST = 3;

  @TempDir Path temp;

  private final Configuration hadoop = new Configuration();
  private Path source;
  private Path data;

  @BeforeEach
  void writeFiles() throws IOException {
    source = Files.createDirectory(temp.resolve("mnist"));
    data = temp.resolve("data");
    write("train-images-idx3-ubyte", images(TRAIN));
    write("train-labels-idx1-ubyte", labels(TRAIN));
    write("t10k-images-idx3-ubyte", images(TEST));
    write("t10k-labels-idx1-ubyte", labels(TEST));
  }

  @Test
  void imagesAndLabelsAreThoseOfTheFiles() throws IOException {
    Manifest manifest = prepare();

    assertThat(manifest.name()).isEqualTo("mnist");
    assertThat(manifest.train().examples()).isEqualTo(TRAIN);
    assertThat(manifest.test().examples()).isEqualTo(TEST);
    DataSet test =
        new ShardDataSetLoader(
                manifest,
                new org.apache.hadoop.fs.Path(data.toUri()),
                "fine",
                1,
                Augmentation.NONE,
                hadoop)
            .load(new MinibatchDescriptor(SplitName.TEST, 0, List.of(2, 1)));
    assertThat(test.getFeatures().shape()).containsExactly(2, SIDE, SIDE, 1);
    assertThat(test.getLabels().argMax(1).toIntVector()).containsExactly(label(2), label(1));
    for (int i : List.of(0, 5, 783)) {
      double value = test.getFeatures().getDouble(0, i / SIDE, i % SIDE, 0);
      assertThat(value * manifest.standardDeviation().get(0) + manifest.mean().get(0))
          .isCloseTo((pixel(2, i) & 0xFF) / 255.0, within(1e-6));
    }
  }

  @Test
  void compressedFilesGiveTheSameShards() throws IOException {
    prepare();
    byte[] shard = Files.readAllBytes(data.resolve("train-00000.bin"));
    try (var files = Files.list(source)) {
      for (Path file : files.toList()) {
        try (OutputStream out =
            new GZIPOutputStream(
                Files.newOutputStream(temp.resolve("mnist").resolve(file.getFileName() + ".gz")))) {
          Files.copy(file, out);
        }
        Files.delete(file);
      }
    }
    data = temp.resolve("again");

    prepare();

    assertThat(data.resolve("train-00000.bin")).hasBinaryContent(shard);
  }

  @Test
  void aFileOfAnotherKindIsRefused() throws IOException {
    write("train-images-idx3-ubyte", labels(TRAIN));
    assertRefused(
        source
            + "/train-images-idx3-ubyte begins with 00000801, expected 00000803: an IDX file of"
            + " unsigned bytes in 3 dimension(s).");
  }

  @Test
  void imagesWithoutLabelsAreRefused() throws IOException {
    write("t10k-labels-idx1-ubyte", labels(TEST - 1));
    assertRefused(
        source
            + "/t10k-images-idx3-ubyte has 3 images, but "
            + source
            + "/t10k-labels-idx1-ubyte has 2 labels.");
  }

  @Test
  void aCutFileIsRefused() throws IOException {
    byte[] whole = images(TRAIN);
    write("train-images-idx3-ubyte", Arrays.copyOf(whole, whole.length - 100));
    assertRefused(
        source + "/train-images-idx3-ubyte ends after 684 bytes of item 6 of 7; it is truncated.");
  }

  @Test
  void aFileThatGoesOnIsRefused() throws IOException {
    byte[] whole = images(TRAIN);
    write("train-images-idx3-ubyte", Arrays.copyOf(whole, whole.length + 1));
    assertRefused(source + "/train-images-idx3-ubyte goes on after its 7 items; it is damaged.");
  }

  @Test
  void aLabelBeyondTheClassesIsRefused() throws IOException {
    byte[] labels = labels(TRAIN);
    labels[labels.length - 2] = 10;
    write("train-labels-idx1-ubyte", labels);
    assertRefused(
        source
            + "/train-labels-idx1-ubyte: record 5 has label 10, expected 0 to 9; the file is damaged"
            + " or of another format.");
  }

  @Test
  void aMissingFileIsRefused() throws IOException {
    Files.delete(source.resolve("t10k-labels-idx1-ubyte"));
    assertRefused(
        "data.source "
            + source
            + " has neither t10k-labels-idx1-ubyte nor t10k-labels-idx1-ubyte.gz; expected the four"
            + " files of MNIST.");
  }

  @Test
  void aCutGzipFileIsRefused() throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(compressed)) {
      out.write(images(TRAIN));
    }
    Files.delete(source.resolve("train-images-idx3-ubyte"));
    write(
        "train-images-idx3-ubyte.gz",
        Arrays.copyOf(compressed.toByteArray(), compressed.size() / 2));
    assertRefused(
        source
            + "/train-images-idx3-ubyte.gz is no whole gzip file (Unexpected end of ZLIB input"
            + " stream); fetch it again.");
  }

  private Manifest prepare() {
    return new Preparation(hadoop, line -> {}).prepare(CifarFiles.settings(source, data), 1);
  }

  private void assertRefused(String message) {
    JobFailure failure = catchThrowableOfType(JobFailure.class, this::prepare);
    assertThat(failure).hasMessage(message);
    assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION);
    assertThat(data).doesNotExist();
  }

  private void write(String name, byte[] content) throws IOException {
    Files.write(source.resolve(name), content);
  }

  private static byte[] images(int count) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(0x00000803);
    out.writeInt(count);
    out.writeInt(SIDE);
    out.writeInt(SIDE);
    for (int number = 0; number < count; number++) {
      for (int i = 0; i < SIDE * SIDE; i++) {
        out.write(pixel(number, i));
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] labels(int count) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(0x00000801);
    out.writeInt(count);
    for (int number = 0; number < count; number++) {
      out.write(label(number));
    }
    return bytes.toByteArray();
  }

  private static byte pixel(int number, int i) {
    return (byte) (31 * number + 7 * i);
  }

  private static int label(int number) {
    return 3 * number % 10;
  }
}
