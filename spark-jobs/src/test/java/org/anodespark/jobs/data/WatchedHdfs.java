/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.io.IOException;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.util.Progressable;

/** HDFS, on which something happens when a file is about to be opened or created. */
public final class WatchedHdfs extends DistributedFileSystem {
  private static final AtomicReference<Event> EVENT = new AtomicReference<>();

  private record Event(String file, Happening happening) {}

  /** What happens. */
  public interface Happening {
    void happen() throws IOException;
  }

  /** Orders something to happen before the next opening or creation of a file of that name. */
  public static void before(String file, Happening happening) {
    EVENT.set(new Event(file, happening));
  }

  private static void look(Path path) throws IOException {
    Event event = EVENT.get();
    if (event != null && path.getName().equals(event.file) && EVENT.compareAndSet(event, null)) {
      event.happening.happen();
    }
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    look(path);
    return super.open(path, bufferSize);
  }

  @Override
  public FSDataOutputStream createNonRecursive(
      Path path,
      FsPermission permission,
      EnumSet<CreateFlag> flags,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    look(path);
    return super.createNonRecursive(
        path, permission, flags, bufferSize, replication, blockSize, progress);
  }
}
