/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.files.HadoopPaths;
import org.anodespark.jobs.files.Sha256;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Copies the records of one split into shards and keeps count of what is in them. Shards that an
 * interrupted preparation has finished are kept, after their checksum has been looked at.
 */
final class ShardWriter {
  private final ShardFolder folder;
  private final SplitName split;
  private final RecordLayout layout;
  private final int recordsPerShard;
  private final Configuration hadoop;
  private final ClassCounts classCounts;
  private final ChannelHistogram histogram;
  private final List<Manifest.Shard> shards = new ArrayList<>();
  private final byte[] record;
  private int kept;
  private int examples;

  /**
   * Opens no file yet.
   *
   * @param recordsPerShard records in each shard but the last
   */
  ShardWriter(
      ShardFolder folder,
      SplitName split,
      RecordLayout layout,
      int recordsPerShard,
      Configuration hadoop) {
    this.folder = folder;
    this.split = split;
    this.layout = layout;
    this.recordsPerShard = recordsPerShard;
    this.hadoop = hadoop;
    this.classCounts = new ClassCounts(layout);
    this.histogram = new ChannelHistogram(layout);
    this.record = new byte[layout.recordBytes()];
  }

  /**
   * Copies all records.
   *
   * @param records whose labels are in range
   * @return what is in the shards
   * @throws JobFailure if there is no record
   */
  Manifest.Split copy(ImageSource.RecordReader records) throws IOException {
    while (keepNext(records) || writeNext(records)) {}
    if (examples == 0) {
      throw JobFailure.badConfiguration(
          "The " + split.text() + " split has no images, expected at least one.");
    }
    return new Manifest.Split(examples, classCounts.byName(), shards);
  }

  /** The pixels of all records. */
  ChannelHistogram histogram() {
    return histogram;
  }

  /** How many of the shards were there already. */
  int kept() {
    return kept;
  }

  private String nextName() {
    return String.format(Locale.ROOT, "%s-%05d.bin", split.text(), shards.size());
  }

  /** Takes the next shard as it is, if it is there and sound. */
  private boolean keepNext(ImageSource.RecordReader records) throws IOException {
    String name = nextName();
    String sha256 = folder.notedSha256(name);
    if (sha256.isEmpty()) {
      return false;
    }
    Path file = new Path(folder.path(), name);
    FileSystem fileSystem = HadoopPaths.fileSystem(file, hadoop);
    long bytes = fileSystem.exists(file) ? fileSystem.getFileStatus(file).getLen() : 0;
    if (bytes == 0 || bytes % layout.recordBytes() != 0) {
      return false;
    }
    Manifest.Shard shard =
        new Manifest.Shard(name, (int) (bytes / layout.recordBytes()), bytes, sha256);
    ShardFindings findings =
        new ShardInspector(layout, folder.path(), hadoop).inspect(split, shard);
    if (findings.problem() != null) {
      return false;
    }
    if (records.skip(shard.records(), record) != shard.records()) {
      throw new IOException("the source changed while it was read");
    }
    classCounts.add(findings.classCounts());
    histogram.add(findings.histogram());
    add(shard);
    kept++;
    return true;
  }

  private boolean writeNext(ImageSource.RecordReader records) throws IOException {
    if (!records.read(record)) {
      return false;
    }
    MessageDigest digest = Sha256.start();
    int count = 0;
    try (OutputStream out = folder.create(nextName())) {
      do {
        out.write(record);
        digest.update(record);
        classCounts.add(record);
        histogram.add(record);
        count++;
      } while (count < recordsPerShard && records.read(record));
    }
    String sha256 = Sha256.hexadecimal(digest);
    folder.finished(nextName(), sha256);
    add(new Manifest.Shard(nextName(), count, (long) count * layout.recordBytes(), sha256));
    return true;
  }

  private void add(Manifest.Shard shard) {
    shards.add(shard);
    examples = Math.addExact(examples, shard.records());
  }
}
