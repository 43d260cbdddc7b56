/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.AbstractFileSystem;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FilterFs;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * This machine's files for a process that is killed at a moment of the test's choice: before a file
 * is made, when half of it is written, before and after it is renamed, before one is deleted. From
 * then on nothing can be done any more, as in a process that is gone.
 */
public final class DyingFileSystem extends FilterFs {
  /** Moments that are left; the last one is the end. */
  private static final AtomicInteger MOMENTS = new AtomicInteger();

  /** Made by Hadoop. */
  public DyingFileSystem(URI uri, Configuration configuration)
      throws IOException, URISyntaxException {
    super(AbstractFileSystem.createFileSystem(uri, new Configuration()));
  }

  /**
   * Files of a process that lives for so many moments.
   *
   * @param moments after which it is killed
   */
  public static Configuration livingFor(int moments) {
    MOMENTS.set(moments);
    Configuration configuration = new Configuration();
    configuration.set("fs.AbstractFileSystem.file.impl", DyingFileSystem.class.getName());
    return configuration;
  }

  /** Whether the process was killed. */
  public static boolean killed() {
    return MOMENTS.get() < 0;
  }

  private static void live() throws IOException {
    if (MOMENTS.decrementAndGet() < 0) {
      MOMENTS.set(-1);
      throw new IOException("killed");
    }
  }

  @Override
  public FSDataOutputStream createInternal(
      Path file,
      EnumSet<CreateFlag> flag,
      FsPermission permission,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress,
      Options.ChecksumOpt checksum,
      boolean createParent)
      throws IOException {
    live();
    OutputStream out =
        super.createInternal(
            file,
            flag,
            permission,
            bufferSize,
            replication,
            blockSize,
            progress,
            checksum,
            createParent);
    ByteArrayOutputStream content =
        new ByteArrayOutputStream() {
          private boolean closed;

          @Override
          public void close() throws IOException {
            if (closed) {
              return;
            }
            closed = true;
            try (out) {
              out.write(buf, 0, count / 2);
              live();
              out.write(buf, count / 2, count - count / 2);
            }
          }
        };
    return new FSDataOutputStream(content, null);
  }

  @Override
  public void renameInternal(Path source, Path target, boolean overwrite) throws IOException {
    live();
    super.renameInternal(source, target, overwrite);
    live();
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    live();
    return super.delete(path, recursive);
  }
}
