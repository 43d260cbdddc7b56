/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.files.Sha256;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Whole shards in memory, read once and checked against their SHA-256. All tasks of an executor
 * share one cache.
 *
 * <p>A shard is kept while there is room and is never dropped for another one: minibatches draw
 * from all shards alike, so that dropping would mean reading the same shards over and over.
 */
public final class ShardCache {
  private static final ShardCache OF_THIS_PROCESS = new ShardCache();

  private final ConcurrentMap<Key, byte[]> shards = new ConcurrentHashMap<>();
  private final AtomicLong heldBytes = new AtomicLong();

  /** A shard that was prepared anew under an old name is another shard. */
  private record Key(Path file, String sha256) {}

  ShardCache() {}

  /** The cache that all loaders of this process share. */
  public static ShardCache ofThisProcess() {
    return OF_THIS_PROCESS;
  }

  /**
   * The bytes of a shard, read now if they are not held yet; threads that ask for the same shard
   * wait for one reading.
   *
   * @param limitBytes most bytes that the cache may hold
   * @return empty if the shard does not fit
   * @throws JobFailure if the shard is missing, or is not what the manifest says
   * @throws IOException if the file system fails
   */
  Optional<byte[]> get(FileSystem fileSystem, Path file, Manifest.Shard shard, long limitBytes)
      throws IOException {
    Key key = new Key(file, shard.sha256());
    // not computeIfAbsent at once: it locks even where the shard is held
    byte[] held = shards.get(key);
    if (held != null) {
      return Optional.of(held);
    }
    try {
      return Optional.ofNullable(
          shards.computeIfAbsent(key, absent -> readIfRoom(fileSystem, file, shard, limitBytes)));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Bytes held now. */
  long heldBytes() {
    return heldBytes.get();
  }

  private byte[] readIfRoom(
      FileSystem fileSystem, Path file, Manifest.Shard shard, long limitBytes) {
    if (heldBytes.addAndGet(shard.bytes()) > limitBytes) {
      heldBytes.addAndGet(-shard.bytes());
      return null;
    }
    boolean read = false;
    try {
      byte[] bytes = readWhole(fileSystem, file, shard);
      read = true;
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      if (!read) {
        heldBytes.addAndGet(-shard.bytes());
      }
    }
  }

  private static byte[] readWhole(FileSystem fileSystem, Path file, Manifest.Shard shard)
      throws IOException {
    byte[] bytes = new byte[Math.toIntExact(shard.bytes())];
    int length;
    try (InputStream in = fileSystem.open(file)) {
      length = in.readNBytes(bytes, 0, bytes.length);
    } catch (FileNotFoundException e) {
      throw ShardFailure.missing(file, e);
    } catch (ChecksumException e) {
      throw ShardFailure.unreadable(file, shard.recordAt(e.getPos()), e);
    }
    if (length < bytes.length) {
      throw ShardFailure.tooShort(file, shard.recordAt(length), length, shard.bytes());
    }
    String sha256 = Sha256.of(bytes);
    if (!sha256.equals(shard.sha256())) {
      throw ShardFailure.changed(file, shard, sha256);
    }
    return bytes;
  }
}
