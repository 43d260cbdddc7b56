/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import org.anodespark.jobs.failure.JobFailure;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A folder that is filled beside its final place, under a temporary name, and moved there by one
 * rename. Closed without that, it goes away with everything in it.
 */
final class StagedFolder implements Closeable {
  private final FileSystem fileSystem;
  private final Path target;
  private final Path staged;

  /** Folders above the target that were made for it, the deepest first. */
  private final Deque<Path> madeParents;

  private boolean published;

  private StagedFolder(FileSystem fileSystem, Path target, Path staged, Deque<Path> madeParents) {
    this.fileSystem = fileSystem;
    this.target = target;
    this.staged = staged;
    this.madeParents = madeParents;
  }

  /**
   * Makes the temporary folder.
   *
   * @param target the final place: nothing there, or an empty folder
   * @throws JobFailure if there is something
   */
  static StagedFolder create(Path target, Configuration hadoop) throws IOException {
    FileSystem fileSystem = HadoopPaths.fileSystem(target, hadoop);
    Path qualified = fileSystem.makeQualified(target);
    Path parent = qualified.getParent();
    if (parent == null) {
      throw JobFailure.badConfiguration(
          "data.path " + target + " is the root of a file system, expected a folder below it.");
    }
    requireFree(fileSystem, qualified);
    Deque<Path> madeParents = new ArrayDeque<>();
    for (Path folder = parent;
        folder != null && !fileSystem.exists(folder);
        folder = folder.getParent()) {
      madeParents.addLast(folder);
    }
    Path staged = new Path(parent, "." + qualified.getName() + ".preparing-" + UUID.randomUUID());
    StagedFolder result = new StagedFolder(fileSystem, qualified, staged, madeParents);
    try {
      if (!fileSystem.mkdirs(staged)) {
        throw new IOException("the folder " + staged + " could not be made");
      }
      // also when the process is stopped by a signal
      fileSystem.deleteOnExit(staged);
      return result;
    } catch (IOException e) {
      result.close();
      throw e;
    }
  }

  private static void requireFree(FileSystem fileSystem, Path target) throws IOException {
    FileStatus status;
    try {
      status = fileSystem.getFileStatus(target);
    } catch (FileNotFoundException e) {
      return;
    }
    if (status.isFile()) {
      throw JobFailure.badConfiguration(
          "data.path "
              + target
              + " is a file, expected an empty folder or none; choose another data.path.");
    }
    if (fileSystem.exists(new Path(target, Manifest.FILE_NAME))) {
      throw JobFailure.badConfiguration(
          "data.path "
              + target
              + " already holds a prepared data set, which is never overwritten; choose another"
              + " data.path or delete that folder.");
    }
    FileStatus[] content = fileSystem.listStatus(target);
    if (content.length > 0) {
      throw JobFailure.badConfiguration(
          "data.path "
              + target
              + " already holds "
              + content[0].getPath().getName()
              + ", expected an empty folder or none; choose another data.path.");
    }
  }

  FileSystem fileSystem() {
    return fileSystem;
  }

  /** The temporary folder, to be filled. */
  Path path() {
    return staged;
  }

  /**
   * Moves the folder to its final place.
   *
   * @throws JobFailure if something was put there in the meantime
   */
  void publish() throws IOException {
    requireFree(fileSystem, target);
    // a rename onto a folder would move into it
    fileSystem.delete(target, false);
    if (!fileSystem.rename(staged, target)) {
      throw new IOException("the folder " + staged + " could not be renamed to " + target);
    }
    Path nested = new Path(target, staged.getName());
    if (fileSystem.exists(nested)) {
      fileSystem.delete(nested, true);
      requireFree(fileSystem, target);
      throw new IOException("the folder " + target + " was made by someone else meanwhile");
    }
    published = true;
    fileSystem.cancelDeleteOnExit(staged);
  }

  @Override
  public void close() throws IOException {
    if (published) {
      return;
    }
    fileSystem.delete(staged, true);
    fileSystem.cancelDeleteOnExit(staged);
    for (Path folder : madeParents) {
      if (!fileSystem.exists(folder) || fileSystem.listStatus(folder).length > 0) {
        return;
      }
      fileSystem.delete(folder, false);
    }
  }
}
