/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.io.Closeable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.files.HadoopPaths;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Finds the records of one split by their index: in the cache where the whole shard fits, else by
 * reading each at its place in the file. Safe for use by several threads.
 */
final class ShardReader {
  private final Path dataPath;
  private final SplitName split;
  private final int recordBytes;
  private final List<Manifest.Shard> shards;
  private final List<Path> files;

  /** Index of the first example of each shard. */
  private final int[] firstExamples;

  private final int examples;
  private final ShardCache cache;
  private final long cacheBytes;
  private final Configuration hadoop;

  /**
   * Opens nothing yet.
   *
   * @param dataPath folder of the shards
   * @param cacheBytes most bytes that the cache may hold
   */
  ShardReader(
      Manifest manifest,
      SplitName split,
      Path dataPath,
      ShardCache cache,
      long cacheBytes,
      Configuration hadoop) {
    this.dataPath = dataPath;
    this.split = split;
    this.recordBytes = manifest.layout().recordBytes();
    this.shards = manifest.split(split).shards();
    this.files = shards.stream().map(shard -> new Path(dataPath, shard.file())).toList();
    this.examples = manifest.split(split).examples();
    this.cache = cache;
    this.cacheBytes = cacheBytes;
    this.hadoop = hadoop;
    this.firstExamples = new int[shards.size()];
    for (int i = 1; i < firstExamples.length; i++) {
      firstExamples[i] = firstExamples[i - 1] + shards.get(i - 1).records();
    }
  }

  /** Gets one record. */
  @FunctionalInterface
  interface RecordVisitor {
    /**
     * Called once per example.
     *
     * @param position place of the example in the list that was asked for
     * @param bytes holds the record, during the call only; not to be changed
     * @param offset where the record starts
     * @param place the record's shard and number, for messages
     */
    void visit(int position, byte[] bytes, int offset, RecordLayout.Place place);
  }

  /**
   * Reads records in the order of the list.
   *
   * @throws IllegalArgumentException if the split has no such example
   * @throws JobFailure if a shard is missing, or is not what the manifest says
   * @throws IOException if the file system fails
   */
  void read(List<Integer> wanted, RecordVisitor visitor) throws IOException {
    FileSystem fileSystem = HadoopPaths.fileSystem(dataPath, hadoop);
    try (Pass pass = new Pass(fileSystem, visitor)) {
      for (int position = 0; position < wanted.size(); position++) {
        pass.read(position, wanted.get(position));
      }
    }
  }

  private int shardOf(int example) {
    if (example >= examples) {
      throw new IllegalArgumentException(
          String.format(
              "example %d of the %s split, which has examples 0 to %d",
              example, split.text(), examples - 1));
    }
    int found = Arrays.binarySearch(firstExamples, example);
    return found >= 0 ? found : -found - 2;
  }

  /** One call of {@link #read}: each file is opened once at most. */
  private final class Pass implements Closeable {
    private final FileSystem fileSystem;
    private final RecordVisitor visitor;
    private final Map<Integer, FSDataInputStream> open = new HashMap<>();
    private final byte[] buffer = new byte[recordBytes];

    Pass(FileSystem fileSystem, RecordVisitor visitor) {
      this.fileSystem = fileSystem;
      this.visitor = visitor;
    }

    void read(int position, int example) throws IOException {
      int index = shardOf(example);
      Manifest.Shard shard = shards.get(index);
      Path file = files.get(index);
      int record = example - firstExamples[index];
      RecordLayout.Place place = new RecordLayout.Place(file, record);
      Optional<byte[]> cached = cache.get(fileSystem, file, shard, cacheBytes);
      if (cached.isPresent()) {
        visitor.visit(position, cached.get(), record * recordBytes, place);
      } else {
        readAt((long) record * recordBytes, index, place);
        visitor.visit(position, buffer, 0, place);
      }
    }

    private void readAt(long offset, int index, RecordLayout.Place place) throws IOException {
      Path file = files.get(index);
      try {
        FSDataInputStream in = open.get(index);
        if (in == null) {
          in = fileSystem.open(file);
          open.put(index, in);
        }
        in.readFully(offset, buffer);
      } catch (FileNotFoundException e) {
        throw ShardFailure.missing(file, e);
      } catch (ChecksumException e) {
        throw ShardFailure.unreadable(file, place.record(), e);
      } catch (EOFException e) {
        long length = fileSystem.getFileStatus(file).getLen();
        throw ShardFailure.tooShort(file, place.record(), length, shards.get(index).bytes());
      }
    }

    @Override
    public void close() throws IOException {
      for (FSDataInputStream in : open.values()) {
        in.close();
      }
    }
  }
}
