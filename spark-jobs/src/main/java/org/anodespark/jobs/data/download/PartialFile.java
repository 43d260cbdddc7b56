/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data.download;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.anodespark.jobs.failure.JobFailure;

/**
 * The beginning of a file that is being fetched. One process at a time has it. What the disk does
 * wrong is an {@link UncheckedIOException}, so that it is not taken for a failing connection.
 */
final class PartialFile implements Closeable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path path;
  private final FileChannel channel;
  private boolean published;

  private PartialFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Opens the file, with what an earlier try has left in it.
   *
   * @throws JobFailure exit code 2, if another process has it
   */
  static PartialFile open(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      // held until the channel is closed
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new OverlappingFileLockException();
      }
      channel.position(channel.size());
      return new PartialFile(path, channel);
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw JobFailure.badConfiguration(
          path + " is being written by another process: wait for that download to end.", e);
    }
  }

  long size() {
    try {
      return channel.size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void append(byte[] bytes, int count) {
    try {
      ByteBuffer rest = ByteBuffer.wrap(bytes, 0, count);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Drops all bytes. */
  void restart() {
    try {
      channel.truncate(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String md5() {
    try {
      return md5(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The MD5 of any file, 32 lower-case hexadecimal digits. */
  static String md5(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("a Java platform without MD5", e);
    }
  }

  /** Gives the file its final name. */
  void publish(Path target) {
    try {
      channel.force(true);
      Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
      published = true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Leaves what has arrived to a later try; an empty file goes away. */
  @Override
  public void close() throws IOException {
    if (!published && channel.size() == 0) {
      Files.delete(path);
    }
    channel.close();
  }
}
