/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.files;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
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
public final class StagedFolder implements Closeable {
  private final FileSystem fileSystem;
  private final FinalPlace place;
  private final Path staged;
  private boolean published;

  private StagedFolder(FileSystem fileSystem, FinalPlace place, Path staged) {
    this.fileSystem = fileSystem;
    this.place = place;
    this.staged = staged;
  }

  /**
   * Makes the temporary folder.
   *
   * @param key the setting that names the final place
   * @param target the final place: nothing there, or an empty folder
   * @throws JobFailure if there is something
   */
  public static StagedFolder create(String key, Path target, Configuration hadoop)
      throws IOException {
    FileSystem fileSystem = HadoopPaths.fileSystem(target, hadoop);
    Path qualified = fileSystem.makeQualified(target);
    Path parent = qualified.getParent();
    if (parent == null) {
      throw JobFailure.badConfiguration(
          key + " " + target + " is the root of a file system, expected a folder below it.");
    }
    requireFree(key, fileSystem, qualified);
    FinalPlace place =
        new FinalPlace(fileSystem, qualified, () -> requireFree(key, fileSystem, qualified));
    Path staged = new Path(parent, "." + qualified.getName() + ".writing-" + UUID.randomUUID());
    StagedFolder result = new StagedFolder(fileSystem, place, staged);
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

  private static void requireFree(String key, FileSystem fileSystem, Path target)
      throws IOException {
    FileStatus status;
    try {
      status = fileSystem.getFileStatus(target);
    } catch (FileNotFoundException e) {
      return;
    }
    if (status.isFile()) {
      throw JobFailure.badConfiguration(
          String.format(
              "%s %s is a file, expected an empty folder or none; choose another %s.",
              key, target, key));
    }
    Optional<String> found =
        Arrays.stream(fileSystem.listStatus(target))
            .map(file -> file.getPath().getName())
            .min(Comparator.naturalOrder());
    if (found.isPresent()) {
      throw JobFailure.badConfiguration(
          String.format(
              "%s %s already holds %s, expected an empty folder or none, since nothing is ever"
                  + " overwritten; choose another %s or delete that folder.",
              key, target, found.get(), key));
    }
  }

  /** Where the folder is. */
  public FileSystem fileSystem() {
    return fileSystem;
  }

  /** The temporary folder, to be filled. */
  public Path path() {
    return staged;
  }

  /**
   * Moves the folder to its final place.
   *
   * @throws JobFailure if something was put there in the meantime
   */
  public void publish() throws IOException {
    place.receive(staged);
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
    place.deleteEmptyParents();
  }
}
