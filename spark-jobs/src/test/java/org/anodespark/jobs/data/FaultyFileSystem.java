/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * The local file system, which stops to serve after some operations: from then on each one fails,
 * clean-up included, as if the process had been killed or the file system had gone.
 */
public final class FaultyFileSystem extends LocalFileSystem {
  private static final AtomicInteger LEFT = new AtomicInteger(Integer.MAX_VALUE);
  private static final AtomicInteger DONE = new AtomicInteger();
  private static volatile String lastFile = "";
  private static volatile String watched = "";

  /**
   * A configuration in which this is the local file system, and nothing fails yet.
   *
   * @param folder where operations count; elsewhere none ever fails
   */
  static Configuration configuration(java.nio.file.Path folder) {
    failAfter(Integer.MAX_VALUE);
    watched = folder.toString();
    Configuration hadoop = new Configuration();
    hadoop.set("fs.file.impl", FaultyFileSystem.class.getName());
    hadoop.setBoolean("fs.file.impl.disable.cache", true);
    return hadoop;
  }

  /** Lets so many more operations succeed, and forgets how many were done. */
  static void failAfter(int operations) {
    lastFile = "";
    LEFT.set(operations);
    DONE.set(0);
  }

  /** Lets operations succeed until a file of that name has been written. */
  static void failAfterWriting(String name) {
    failAfter(Integer.MAX_VALUE);
    lastFile = name;
  }

  /** How many operations were asked for. */
  static int operations() {
    return DONE.get();
  }

  private static void operate(Path path) throws IOException {
    if (path.toUri().getPath().startsWith(watched) && DONE.getAndIncrement() >= LEFT.get()) {
      throw new IOException("the file system is gone");
    }
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    operate(path);
    return super.open(path, bufferSize);
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    operate(path);
    return failing(
        path,
        super.create(path, permission, overwrite, bufferSize, replication, blockSize, progress));
  }

  @Override
  public FSDataOutputStream createNonRecursive(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    operate(path);
    return failing(
        path,
        super.createNonRecursive(
            path, permission, overwrite, bufferSize, replication, blockSize, progress));
  }

  /** A stream whose closing is an operation, too: what is not closed is not all there. */
  private static FSDataOutputStream failing(Path path, FSDataOutputStream out) throws IOException {
    return new FSDataOutputStream(
        new FilterOutputStream(out) {
          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
          }

          @Override
          public void close() throws IOException {
            operate(path);
            super.close();
            if (path.getName().equals(lastFile)) {
              LEFT.set(0);
            }
          }
        },
        null);
  }

  @Override
  public boolean rename(Path source, Path target) throws IOException {
    operate(source);
    return super.rename(source, target);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    operate(path);
    return super.delete(path, recursive);
  }

  @Override
  public boolean mkdirs(Path path) throws IOException {
    operate(path);
    return super.mkdirs(path);
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    operate(path);
    return super.getFileStatus(path);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    operate(path);
    return super.listStatus(path);
  }
}
