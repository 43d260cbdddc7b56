/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.anodespark.jobs.failure.JobFailure;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A file in MNIST's IDX format (http://yann.lecun.com/exdb/mnist), compressed by gzip or not: two
 * zero bytes, the type of the values (8 for unsigned bytes), the number of dimensions, each
 * dimension's size as four bytes with the highest first, and the values. Read from front to back.
 */
final class IdxFile implements Closeable {
  private static final int BUFFER_BYTES = 1 << 18;
  private static final int UNSIGNED_BYTES = 8;
  private static final int MOST_ITEMS = 1 << 28;
  private static final int LONGEST_SIDE = 1 << 12;

  private final Path path;
  private final InputStream in;
  private final int[] sizes;
  private final byte[] item;
  private int next;

  private IdxFile(Path path, InputStream in, int dimensions) throws IOException {
    this.path = path;
    this.in = in;
    byte[] header = new byte[Integer.BYTES * (1 + dimensions)];
    int count = fill(header, header.length);
    ByteBuffer numbers = ByteBuffer.wrap(header);
    int magic = numbers.getInt();
    int expected = UNSIGNED_BYTES << Byte.SIZE | dimensions;
    if (count < header.length || magic != expected) {
      throw JobFailure.badConfiguration(
          String.format(
              "%s begins with %08x, expected %08x: an IDX file of unsigned bytes in %d"
                  + " dimension(s).",
              path, magic, expected, dimensions));
    }
    this.sizes = new int[dimensions];
    int itemBytes = 1;
    for (int i = 0; i < dimensions; i++) {
      sizes[i] = numbers.getInt();
      int most = i == 0 ? MOST_ITEMS : LONGEST_SIDE;
      if (sizes[i] < 1 || sizes[i] > most) {
        throw JobFailure.badConfiguration(
            String.format(
                "%s: dimension %d has size %d, expected 1 to %d.", path, i, sizes[i], most));
      }
      itemBytes *= i == 0 ? 1 : sizes[i];
    }
    this.item = new byte[itemBytes];
  }

  /**
   * Opens a file and reads its header.
   *
   * @param dimensions how many it must have
   * @throws JobFailure if it is no such file
   */
  static IdxFile open(FileSystem fileSystem, Path path, int dimensions) throws IOException {
    InputStream raw = new BufferedInputStream(fileSystem.open(path), BUFFER_BYTES);
    try {
      InputStream in =
          path.getName().endsWith(".gz") ? new GZIPInputStream(raw, BUFFER_BYTES) : raw;
      return new IdxFile(path, in, dimensions);
    } catch (ZipException | EOFException e) {
      raw.close();
      throw damaged(path, e);
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  Path path() {
    return path;
  }

  /** How many values or images there are. */
  int items() {
    return sizes[0];
  }

  /** Size of a dimension; dimension 0 counts the items. */
  int size(int dimension) {
    return sizes[dimension];
  }

  /**
   * Reads the next item, a value or an image.
   *
   * @param target gets it
   * @param offset where
   * @return false if there is none left
   * @throws JobFailure if the file ends before its header says, or goes on after that
   */
  boolean read(byte[] target, int offset) throws IOException {
    if (next == items()) {
      if (fill(item, 1) > 0) {
        throw JobFailure.badConfiguration(
            String.format("%s goes on after its %d items; it is damaged.", path, items()));
      }
      return false;
    }
    int count = fill(item, item.length);
    if (count < item.length) {
      throw JobFailure.badConfiguration(
          String.format(
              "%s ends after %d bytes of item %d of %d; it is truncated.",
              path, count, next, items()));
    }
    System.arraycopy(item, 0, target, offset, item.length);
    next++;
    return true;
  }

  /** Reads until that many bytes are there or the file ends; a damaged gzip file is named. */
  private int fill(byte[] target, int length) throws IOException {
    try {
      return in.readNBytes(target, 0, length);
    } catch (ZipException | EOFException e) {
      throw damaged(path, e);
    }
  }

  private static JobFailure damaged(Path path, IOException cause) {
    return JobFailure.badConfiguration(
        path + " is no whole gzip file (" + cause.getMessage() + "); fetch it again.", cause);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
