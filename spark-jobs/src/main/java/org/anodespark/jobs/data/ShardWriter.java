/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.anodespark.jobs.failure.JobFailure;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Writes the records of one split into shards and keeps count of what it wrote. */
final class ShardWriter implements Closeable {
  private static final int BUFFER_BYTES = 1 << 18;

  private final FileSystem fileSystem;
  private final Path folder;
  private final SplitName split;
  private final RecordLayout layout;
  private final int recordsPerShard;
  private final ClassCounts classCounts;
  private final List<Manifest.Shard> shards = new ArrayList<>();
  private OutputStream out = OutputStream.nullOutputStream();
  private MessageDigest digest = Sha256.start();
  private int recordsInShard;
  private int examples;

  /**
   * Opens no file yet.
   *
   * @param folder an existing folder
   * @param recordsPerShard records in each shard but the last
   */
  ShardWriter(
      FileSystem fileSystem,
      Path folder,
      SplitName split,
      RecordLayout layout,
      int recordsPerShard) {
    this.fileSystem = fileSystem;
    this.folder = folder;
    this.split = split;
    this.layout = layout;
    this.recordsPerShard = recordsPerShard;
    this.classCounts = new ClassCounts(layout);
  }

  /** Appends a record whose labels are in range. */
  void write(byte[] record) throws IOException {
    if (recordsInShard == 0) {
      out = fileSystem.create(new Path(folder, shardName()), false, BUFFER_BYTES);
      digest = Sha256.start();
    }
    out.write(record);
    digest.update(record);
    recordsInShard++;
    examples = Math.incrementExact(examples);
    classCounts.add(record);
    if (recordsInShard == recordsPerShard) {
      finishShard();
    }
  }

  /**
   * Completes the last shard.
   *
   * @return what was written
   * @throws JobFailure if there was no record
   */
  Manifest.Split finish() throws IOException {
    if (recordsInShard > 0) {
      finishShard();
    }
    if (examples == 0) {
      throw JobFailure.badConfiguration(
          "The " + split.text() + " split has no images, expected at least one.");
    }
    return new Manifest.Split(examples, classCounts.byName(), shards);
  }

  private String shardName() {
    return String.format(Locale.ROOT, "%s-%05d.bin", split.text(), shards.size());
  }

  private void finishShard() throws IOException {
    out.close();
    out = OutputStream.nullOutputStream();
    long bytes = (long) recordsInShard * layout.recordBytes();
    shards.add(new Manifest.Shard(shardName(), recordsInShard, bytes, Sha256.hexadecimal(digest)));
    recordsInShard = 0;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
