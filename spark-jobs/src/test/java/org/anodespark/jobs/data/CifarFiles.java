/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.anodespark.jobs.config.DataSettings;
import org.anodespark.jobs.config.DownloadSettings;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Makes small data sets in CIFAR's layout. Pixel i of record r of a split is (31 r + 7 i) mod 256.
 */
public final class CifarFiles {
  static final int TRAIN_10 = 15;
  static final int TEST_10 = 4;
  static final int TRAIN_100 = 7;
  static final int TEST_100 = 3;

  /** Settings of a download that nobody asks for. */
  static final DownloadSettings DOWNLOAD =
      new DownloadSettings("cifar10", "downloads", "http://localhost/");

  private CifarFiles() {}

  /** A record with the given label bytes. */
  static byte[] record(int number, int... labels) {
    byte[] record = new byte[labels.length + 3072];
    for (int i = 0; i < labels.length; i++) {
      record[i] = (byte) labels[i];
    }
    for (int i = 0; i < 3072; i++) {
      record[labels.length + i] = (byte) (31 * number + 7 * i);
    }
    return record;
  }

  /** Label of record {@code number} in {@link #writeCifar10}. */
  static int label10(int number) {
    return (3 * number) % 10;
  }

  /** Five train files of three records, a test file of four. */
  public static Path writeCifar10(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (int file = 0; file < 5; file++) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (int number = 3 * file; number < 3 * file + 3; number++) {
        out.write(record(number, label10(number)));
      }
      Files.write(folder.resolve("data_batch_" + (file + 1) + ".bin"), out.toByteArray());
    }
    ByteArrayOutputStream test = new ByteArrayOutputStream();
    for (int number = 0; number < TEST_10; number++) {
      test.write(record(number, label10(number)));
    }
    Files.write(folder.resolve("test_batch.bin"), test.toByteArray());
    // as in the official file, an empty line at the end
    Files.writeString(folder.resolve("batches.meta.txt"), names("class", 10) + "\n");
    return folder;
  }

  static int coarse100(int number) {
    return (7 * number) % 20;
  }

  static int fine100(int number) {
    return (37 * number) % 100;
  }

  public static Path writeCifar100(Path folder) throws IOException {
    Files.createDirectories(folder);
    ByteArrayOutputStream train = new ByteArrayOutputStream();
    for (int number = 0; number < TRAIN_100; number++) {
      train.write(record(number, coarse100(number), fine100(number)));
    }
    ByteArrayOutputStream test = new ByteArrayOutputStream();
    for (int number = 0; number < TEST_100; number++) {
      test.write(record(number, coarse100(number), fine100(number)));
    }
    Files.write(folder.resolve("train.bin"), train.toByteArray());
    Files.write(folder.resolve("test.bin"), test.toByteArray());
    Files.writeString(folder.resolve("coarse_label_names.txt"), names("coarse", 20));
    Files.writeString(folder.resolve("fine_label_names.txt"), names("fine", 100));
    return folder;
  }

  static List<String> namesList(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
  }

  private static String names(String prefix, int count) {
    return namesList(prefix, count).stream().collect(Collectors.joining("\n", "", "\n"));
  }

  /** Packs a folder's files, the last name first, below the folder's own name. */
  public static Path pack(Path folder, Path archive) throws IOException {
    try (OutputStream file = Files.newOutputStream(archive);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(file));
        var listing = Files.list(folder)) {
      for (Path member : listing.sorted(Comparator.reverseOrder()).toList()) {
        add(tar, folder.getFileName() + "/" + member.getFileName(), Files.readAllBytes(member));
      }
    }
    return archive;
  }

  static void add(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  /** As {@link #settings(Object, Object)}, with validation images. */
  static DataSettings settings(Object source, Object path, int validation) {
    return new DataSettings(
        source.toString(),
        DOWNLOAD,
        path.toString(),
        6,
        validation,
        "fine",
        20,
        10,
        64,
        false,
        0,
        DataSettings.STANDARDIZED,
        0,
        0);
  }

  /** Settings with shards of six records and 20 + 10 built-in images. */
  static DataSettings settings(Object source, Object path) {
    return settings(source, path, 0);
  }
}
