/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.security.MessageDigest;
import org.anodespark.jobs.files.HadoopPaths;
import org.anodespark.jobs.files.Sha256;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;

/** Reads shards from their first byte to their last and holds them against the manifest. */
final class ShardInspector implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int BUFFER_BYTES = 1 << 18;

  private final RecordLayout layout;
  private final Path dataPath;
  private final SerializableConfiguration hadoop;

  /**
   * Reads nothing yet.
   *
   * @param dataPath folder of the shards, qualified: an executor may have another default
   * @param hadoop settings of the file systems; they travel along
   */
  ShardInspector(RecordLayout layout, Path dataPath, Configuration hadoop) {
    this.layout = layout;
    this.dataPath = dataPath;
    this.hadoop = new SerializableConfiguration(hadoop);
  }

  /**
   * Reads one shard.
   *
   * @throws IOException if the file system fails, which says nothing about the shard
   */
  ShardFindings inspect(SplitName split, Manifest.Shard shard) throws IOException {
    Path file = new Path(dataPath, shard.file());
    FileSystem fileSystem = HadoopPaths.fileSystem(file, hadoop.value());
    try {
      long length = fileSystem.getFileStatus(file).getLen();
      if (length != shard.bytes()) {
        return damaged(
            split, shard, String.format("has %d bytes, expected %d", length, shard.bytes()));
      }
      try (InputStream in = new BufferedInputStream(fileSystem.open(file), BUFFER_BYTES)) {
        return read(split, shard, in);
      }
    } catch (FileNotFoundException e) {
      return damaged(split, shard, "is missing");
    } catch (ChecksumException e) {
      return damaged(
          split,
          shard,
          "is damaged near record "
              + shard.recordAt(e.getPos())
              + ", where the file system found a wrong checksum");
    }
  }

  private ShardFindings read(SplitName split, Manifest.Shard shard, InputStream in)
      throws IOException {
    MessageDigest digest = Sha256.start();
    ClassCounts classCounts = new ClassCounts(layout);
    ChannelHistogram histogram = new ChannelHistogram(layout);
    byte[] record = new byte[layout.recordBytes()];
    String wrongLabel = null;
    for (int number = 0; number < shard.records(); number++) {
      int count = in.readNBytes(record, 0, record.length);
      if (count < record.length) {
        return damaged(split, shard, "ends in record " + number + " while it is read");
      }
      digest.update(record);
      if (wrongLabel == null) {
        wrongLabel = wrongLabel(record, number);
      }
      if (wrongLabel == null) {
        classCounts.add(record);
        histogram.add(record);
      }
    }
    String sha256 = Sha256.hexadecimal(digest);
    if (!sha256.equals(shard.sha256())) {
      return damaged(
          split,
          shard,
          String.format("has the SHA-256 %s, expected %s", sha256, shard.sha256())
              + (wrongLabel == null ? "" : ", and " + wrongLabel));
    }
    return wrongLabel == null
        ? ShardFindings.sound(split, shard.file(), classCounts, histogram)
        : damaged(split, shard, wrongLabel);
  }

  /** What is wrong with the labels of a record; null if nothing is. */
  private String wrongLabel(byte[] record, int number) {
    for (RecordLayout.LabelField label : layout.labels()) {
      int value = record[label.offset()] & 0xFF;
      if (value >= label.classes().size()) {
        return String.format(
            "has %s %d in record %d, expected 0 to %d",
            label.name(), value, number, label.classes().size() - 1);
      }
    }
    return null;
  }

  private ShardFindings damaged(SplitName split, Manifest.Shard shard, String problem) {
    return ShardFindings.damaged(split, shard.file(), problem, layout);
  }
}
