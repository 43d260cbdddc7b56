/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.testing;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.EnumSet;
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
 * This machine's files on a disk that is full from a certain file on: it and all later ones are
 * made, but not a byte can be written into them. There is room until a test says otherwise.
 */
public final class FullFileSystem extends FilterFs {
  /** Hadoop's property that puts this class in the place of the local file system. */
  public static final String PROPERTY = "fs.AbstractFileSystem.file.impl";

  private static volatile String fullFrom;
  private static volatile boolean full;

  /** Made by Hadoop. */
  public FullFileSystem(URI uri, Configuration configuration)
      throws IOException, URISyntaxException {
    super(AbstractFileSystem.createFileSystem(uri, new Configuration()));
  }

  /** Lets there be no room from the next file on whose name has this in it. */
  public static void fillUpFrom(String name) {
    full = false;
    fullFrom = name;
  }

  /** Lets there be room again. */
  public static void clear() {
    full = false;
    fullFrom = null;
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
    if (fullFrom != null && file.getName().contains(fullFrom)) {
      full = true;
    }
    FSDataOutputStream out =
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
    return full ? new FSDataOutputStream(withoutRoom(out), null) : out;
  }

  private static OutputStream withoutRoom(OutputStream out) {
    return new FilterOutputStream(out) {
      @Override
      public void write(int next) throws IOException {
        throw new IOException("No space left on device");
      }
    };
  }
}
