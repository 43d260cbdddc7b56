/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.anodespark.jobs.config.DataSettings;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bad source is refused in one sentence, with exit code 2, and leaves nothing behind. */
class BadSourceTest {
  @TempDir Path temp;

  private Path cifar10;
  private Path data;

  @BeforeEach
  void writeSource() throws IOException {
    cifar10 = CifarFiles.writeCifar10(temp.resolve("cifar"));
    data = temp.resolve("deep/below/data");
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(Object source) {
    var refusal =
        assertThatThrownBy(
                () ->
                    new Preparation(new Configuration(), line -> {})
                        .prepare(CifarFiles.settings(source, data), 1))
            .isInstanceOfSatisfying(
                JobFailure.class,
                failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION));
    refusal.message().doesNotContain("\n").endsWith(".");
    assertThat(temp.resolve("deep")).doesNotExist();
    return refusal;
  }

  @Test
  void missingSource() {
    assertRefused(temp.resolve("nowhere.tar.gz"))
        .hasMessage(
            "data.source "
                + temp
                + "/nowhere.tar.gz does not exist; expected the official CIFAR-10 or CIFAR-100"
                + " binary archive (.tar.gz), the folder inside it, or the folder of MNIST's"
                + " four files.");
  }

  @Test
  void unknownFileSystem() {
    assertRefused("nosuch://host/cifar.tar.gz").hasMessageContaining("\"nosuch\"");
  }

  @Test
  void unknownHost() {
    assertRefused("hdfs://no-such-host.invalid/cifar.tar.gz")
        .hasMessageContaining("no-such-host.invalid");
  }

  @Test
  void sourceThatIsNoPath() {
    assertRefused("").hasMessageStartingWith("data.source is \"\", expected a path");
  }

  @Test
  void folderWithoutCifarFiles() throws IOException {
    Path empty = Files.createDirectory(temp.resolve("empty"));
    assertRefused(empty).hasMessageContaining(empty + " holds none of the files of CIFAR");
  }

  @Test
  void folderWithTwoDataSetsInIt() throws IOException {
    CifarFiles.writeCifar100(temp.resolve("cifar100"));
    assertRefused(temp)
        .hasMessageContaining("holds several data sets")
        .hasMessageContaining(temp + "/cifar and ")
        .hasMessageContaining(temp + "/cifar100; name one");
  }

  @Test
  void folderThatMixesBothLayouts() throws IOException {
    CifarFiles.writeCifar100(cifar10);
    assertRefused(cifar10).hasMessageContaining("both CIFAR-10 and CIFAR-100");
  }

  @ParameterizedTest
  @ValueSource(strings = {"data_batch_4.bin", "test_batch.bin", "batches.meta.txt"})
  void missingFile(String file) throws IOException {
    Files.delete(cifar10.resolve(file));
    assertRefused(cifar10)
        .hasMessageContaining(cifar10 + " lacks " + file + "; CIFAR-10 needs data_batch_1.bin, ");
  }

  @Test
  void archiveThatLacksAFile() throws IOException {
    Files.delete(cifar10.resolve("data_batch_4.bin"));
    Path archive = CifarFiles.pack(cifar10, temp.resolve("cifar.tar.gz"));
    assertRefused(archive).hasMessageContaining(archive + " lacks data_batch_4.bin");
  }

  @Test
  void fileCutInTheMiddleOfARecord() throws IOException {
    Path file = cifar10.resolve("data_batch_3.bin");
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 2 * 3073 + 100));
    assertRefused(cifar10)
        .hasMessageContaining(
            file
                + " is truncated or of another format: it has 6246 bytes, 2 records of 3073 bytes"
                + " and 100 bytes of record 2; expected whole records");
  }

  @Test
  void emptyFile() throws IOException {
    Files.write(cifar10.resolve("test_batch.bin"), new byte[0]);
    assertRefused(cifar10).hasMessageContaining("test_batch.bin").hasMessageContaining("0 bytes");
  }

  @Test
  void cutFileInAWholeArchive() throws IOException {
    Path file = cifar10.resolve("data_batch_3.bin");
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 100));
    Path archive = CifarFiles.pack(cifar10, temp.resolve("cifar.tar.gz"));
    assertRefused(archive).hasMessageContaining("data_batch_3.bin in " + archive + " is truncated");
  }

  @Test
  void labelOutOfRange() throws IOException {
    Path file = cifar10.resolve("data_batch_2.bin");
    byte[] bytes = Files.readAllBytes(file);
    bytes[3073] = (byte) 200;
    Files.write(file, bytes);
    assertRefused(cifar10).hasMessageContaining(file + ": record 1 has label 200, expected 0 to 9");
  }

  @Test
  void coarseLabelOutOfRange() throws IOException {
    Path folder = CifarFiles.writeCifar100(temp.resolve("cifar100"));
    byte[] bytes = Files.readAllBytes(folder.resolve("test.bin"));
    bytes[2 * 3074] = 20;
    Files.write(folder.resolve("test.bin"), bytes);
    assertRefused(folder)
        .hasMessageContaining("test.bin: record 2 has coarse label 20, expected 0 to 19");
  }

  @Test
  void fineLabelOutOfRangeInAnArchive() throws IOException {
    Path folder = CifarFiles.writeCifar100(temp.resolve("cifar100"));
    byte[] bytes = Files.readAllBytes(folder.resolve("train.bin"));
    bytes[1] = 100;
    Files.write(folder.resolve("train.bin"), bytes);
    Path archive = CifarFiles.pack(folder, temp.resolve("cifar.tar.gz"));
    assertRefused(archive)
        .hasMessageContaining(
            "train.bin in " + archive + ": record 0 has fine label 100, expected 0 to 99");
  }

  @Test
  void wrongNumberOfClassNames() throws IOException {
    Files.writeString(cifar10.resolve("batches.meta.txt"), "cat\ndog\n");
    assertRefused(cifar10)
        .hasMessageContaining("batches.meta.txt lists 2 class names, expected 10, one a line");
  }

  @Test
  void allPixelsEqual() throws IOException {
    for (int file = 1; file <= 5; file++) {
      Files.write(cifar10.resolve("data_batch_" + file + ".bin"), new byte[3073]);
    }
    assertRefused(cifar10).hasMessageContaining("channel 0 have the value 0");
  }

  @Test
  void archiveThatIsNotGzip() throws IOException {
    Path archive = Files.writeString(temp.resolve("cifar.tar.gz"), "<html>not found</html>");
    assertRefused(archive)
        .hasMessageContaining(archive + " is neither a folder nor a gzip archive");
  }

  @Test
  void gzipThatIsNoTarArchive() throws IOException {
    Path archive = temp.resolve("cifar.tar.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(archive))) {
      out.write(CifarFiles.record(0, 0));
    }
    assertRefused(archive).hasMessageContaining(archive.toString());
  }

  @Test
  void archiveWithoutCifarFiles() throws IOException {
    Path archive = temp.resolve("cifar-10-python.tar.gz");
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(archive)))) {
      CifarFiles.add(tar, "cifar-10-batches-py/data_batch_1", new byte[10]);
    }
    assertRefused(archive).hasMessageContaining("binary version");
  }

  @Test
  void archiveWithAFileTwice() throws IOException {
    Path archive = temp.resolve("cifar.tar.gz");
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(archive)))) {
      CifarFiles.add(tar, "a/train.bin", new byte[10]);
      CifarFiles.add(tar, "b/train.bin", new byte[10]);
    }
    assertRefused(archive).hasMessageContaining("holds train.bin twice");
  }

  /** A share of the archive's bytes in percent; 100 stands for all but the last byte. */
  @ParameterizedTest
  @ValueSource(ints = {1, 20, 50, 80, 99, 100})
  void archiveCutShort(int percent) throws IOException {
    Path archive = CifarFiles.pack(cifar10, temp.resolve("cifar.tar.gz"));
    byte[] whole = Files.readAllBytes(archive);
    Files.write(
        archive, Arrays.copyOf(whole, Math.min(whole.length - 1, whole.length * percent / 100)));
    assertRefused(archive)
        .hasMessageContaining(archive + " is truncated or damaged")
        .hasMessageContaining("fetch it again");
  }

  @Test
  void archiveWithAFlippedBit() throws IOException {
    Path archive = CifarFiles.pack(cifar10, temp.resolve("cifar.tar.gz"));
    byte[] bytes = Files.readAllBytes(archive);
    bytes[bytes.length - 6] ^= 1; // in the checksum at the end
    Files.write(archive, bytes);
    assertRefused(archive).hasMessageContaining(archive + " is truncated or damaged");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 600_001})
  void recordsPerShardOutOfRange(int records) {
    var settings =
        new DataSettings(
            "builtin",
            CifarFiles.DOWNLOAD,
            data.toString(),
            records,
            0,
            "fine",
            20,
            10,
            64,
            false,
            0,
            DataSettings.STANDARDIZED,
            0,
            0);
    assertThatThrownBy(() -> new Preparation(new Configuration(), line -> {}).prepare(settings, 1))
        .isInstanceOf(JobFailure.class)
        .hasMessage("data.records-per-shard is " + records + ", expected 1 to 600000.");
  }

  @Test
  void noBuiltinImages() {
    var settings =
        new DataSettings(
            "builtin",
            CifarFiles.DOWNLOAD,
            data.toString(),
            6,
            0,
            "fine",
            20,
            0,
            64,
            false,
            0,
            DataSettings.STANDARDIZED,
            0,
            0);
    assertThatThrownBy(() -> new Preparation(new Configuration(), line -> {}).prepare(settings, 1))
        .isInstanceOf(JobFailure.class)
        .hasMessage("data.builtin.test is 0, expected 1 or more.");
    assertThat(temp.resolve("deep")).doesNotExist();
  }
}
