/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.files.Sha256;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardCacheTest {
  @TempDir Path temp;

  private final CountingFileSystem fileSystem = new CountingFileSystem();
  private final ShardCache cache = new ShardCache();
  private Manifest.Shard first;
  private Manifest.Shard second;

  private static final class CountingFileSystem extends RawLocalFileSystem {
    private final AtomicInteger opened = new AtomicInteger();

    @Override
    public FSDataInputStream open(org.apache.hadoop.fs.Path file, int bufferSize)
        throws IOException {
      opened.incrementAndGet();
      return super.open(file, bufferSize);
    }
  }

  @BeforeEach
  void writeShards() throws IOException {
    fileSystem.initialize(URI.create("file:///"), new Configuration());
    first = shard("first.bin", 1);
    second = shard("second.bin", 2);
  }

  private Manifest.Shard shard(String name, int fill) throws IOException {
    byte[] bytes = new byte[1000];
    Arrays.fill(bytes, (byte) fill);
    Files.write(temp.resolve(name), bytes);
    return new Manifest.Shard(name, 10, 1000, Sha256.of(bytes));
  }

  private Optional<byte[]> get(Manifest.Shard shard, long limit) throws IOException {
    org.apache.hadoop.fs.Path file =
        new org.apache.hadoop.fs.Path(temp.resolve(shard.file()).toUri());
    return cache.get(fileSystem, file, shard, limit);
  }

  @Test
  void shardIsReadOnce() throws IOException {
    byte[] bytes = get(first, 1000).orElseThrow();
    assertThat(get(first, 1000)).containsSame(bytes);
    assertThat(fileSystem.opened).hasValue(1);
    assertThat(bytes).isEqualTo(Files.readAllBytes(temp.resolve("first.bin")));
  }

  @Test
  void shardThatDoesNotFitIsNotRead() throws IOException {
    assertThat(get(first, 999)).isEmpty();
    assertThat(fileSystem.opened).hasValue(0);
    assertThat(cache.heldBytes()).isZero();
  }

  @Test
  void shardIsNotDroppedForAnother() throws IOException {
    byte[] bytes = get(first, 1999).orElseThrow();
    assertThat(get(second, 1999)).isEmpty();
    assertThat(get(first, 1999)).containsSame(bytes);
    assertThat(cache.heldBytes()).isEqualTo(1000);
  }

  @Test
  void bothAreHeldWhereBothFit() throws IOException {
    get(first, 2000);
    assertThat(get(second, 2000)).isPresent();
    assertThat(cache.heldBytes()).isEqualTo(2000);
  }

  @Test
  void damagedShardTakesNoRoom() throws IOException {
    Files.write(temp.resolve("first.bin"), new byte[1000]);
    assertThatThrownBy(() -> get(first, 1000)).isInstanceOf(JobFailure.class);
    assertThat(cache.heldBytes()).isZero();
    assertThat(get(second, 1000)).isPresent();
  }

  @Test
  void manyThreadsShareOneReading() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<byte[]>> tasks =
          Stream.generate(() -> (Callable<byte[]>) () -> get(first, 1000).orElseThrow())
              .limit(64)
              .toList();
      var results = threads.invokeAll(tasks);
      byte[] bytes = results.get(0).get();
      for (var result : results) {
        assertThat(result.get()).isSameAs(bytes);
      }
    } finally {
      threads.shutdown();
    }
    assertThat(fileSystem.opened).hasValue(1);
    assertThat(cache.heldBytes()).isEqualTo(1000);
  }
}
