/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.files;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The place at which a folder is to appear complete, by one rename. Nothing is there yet, or an
 * empty folder.
 */
public final class FinalPlace {
  private final FileSystem fileSystem;
  private final Path path;
  private final FreeCheck check;

  /** Folders above it that are missing, the deepest first. */
  private final List<Path> missing = new ArrayList<>();

  /** Looks whether a place is free. */
  @FunctionalInterface
  public interface FreeCheck {
    /**
     * Returns if it is.
     *
     * @throws org.anodespark.jobs.failure.JobFailure if there is something
     */
    void requireFree() throws IOException;
  }

  /**
   * Looks which folders above the place are missing.
   *
   * @param path the place, as a full address
   * @param check of the place
   */
  public FinalPlace(FileSystem fileSystem, Path path, FreeCheck check) throws IOException {
    this.fileSystem = fileSystem;
    this.path = path;
    this.check = check;
    for (Path folder = path.getParent();
        folder != null && !fileSystem.exists(folder);
        folder = folder.getParent()) {
      missing.add(folder);
    }
  }

  /**
   * Moves a folder there.
   *
   * @throws org.anodespark.jobs.failure.JobFailure if something was put there in the meantime
   */
  public void receive(Path folder) throws IOException {
    check.requireFree();
    // a rename onto a folder would move into it
    fileSystem.delete(path, false);
    if (!fileSystem.rename(folder, path)) {
      throw new IOException("the folder " + folder + " could not be renamed to " + path);
    }
    Path nested = new Path(path, folder.getName());
    if (fileSystem.exists(nested)) {
      fileSystem.delete(nested, true);
      check.requireFree();
      throw new IOException("the folder " + path + " was made by someone else meanwhile");
    }
  }

  /** Deletes the folders above that were missing, as far as they are empty. */
  public void deleteEmptyParents() throws IOException {
    for (Path folder : missing) {
      if (!fileSystem.exists(folder) || fileSystem.listStatus(folder).length > 0) {
        return;
      }
      fileSystem.delete(folder, false);
    }
  }
}
