/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.files.FinalPlace;
import org.anodespark.jobs.files.HadoopPaths;
import org.anodespark.jobs.files.Sha256;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A data set that is made beside its final place, under a temporary name, and moved there by one
 * rename. Closed without that, it goes away with everything in it.
 *
 * <p>The temporary folder holds the plan (what is being made), the folder that is going to be
 * renamed, and the checksum of each shard in it that is finished. When the process is killed, it
 * stays, and the next one with the same plan takes it over by giving it a name of its own. A
 * process that is still at work then finds its folder gone: so of two at once the later one wins,
 * and they never write into one folder.
 */
final class ShardFolder implements Closeable {
  private static final String PLAN = "plan.json";
  private static final String DATA = "data";
  private static final String CHECKSUM_SUFFIX = ".sha256";
  private static final int BUFFER_BYTES = 1 << 18;

  private final FileSystem fileSystem;
  private final Path target;
  private final Path root;

  private final FinalPlace place;
  private boolean published;

  private ShardFolder(FileSystem fileSystem, Path target) throws IOException {
    this.fileSystem = fileSystem;
    this.place = new FinalPlace(fileSystem, target, () -> requireFree(fileSystem, target));
    this.target = target;
    this.root = new Path(target.getParent(), prefix(target) + UUID.randomUUID());
  }

  private static String prefix(Path target) {
    return "." + target.getName() + ".preparing-";
  }

  /**
   * Returns if a data set can be made at a place: there is nothing, or an empty folder.
   *
   * @throws JobFailure exit code 2, if there is something
   */
  static void requireFree(Path target, Configuration hadoop) throws IOException {
    FileSystem fileSystem = HadoopPaths.fileSystem(target, hadoop);
    Path qualified = fileSystem.makeQualified(target);
    if (qualified.getParent() == null) {
      throw JobFailure.badConfiguration(
          "data.path " + target + " is the root of a file system, expected a folder below it.");
    }
    requireFree(fileSystem, qualified);
  }

  /**
   * Makes the temporary folder, or takes over the one of a process that was killed. Folders of
   * killed processes with other plans are deleted.
   *
   * @param target the final place: nothing there, or an empty folder
   * @param plan tells apart all that the shards depend on; equal plans give equal shards
   * @param progress gets a line about each folder that is taken over or deleted
   * @throws JobFailure if there is something at the final place
   */
  static ShardFolder open(Path target, byte[] plan, Configuration hadoop, Consumer<String> progress)
      throws IOException {
    requireFree(target, hadoop);
    FileSystem fileSystem = HadoopPaths.fileSystem(target, hadoop);
    ShardFolder folder = new ShardFolder(fileSystem, fileSystem.makeQualified(target));
    try {
      if (!folder.takeOver(plan, progress)) {
        folder.make(plan);
      }
      return folder;
    } catch (IOException e) {
      folder.close();
      throw e;
    }
  }

  private boolean takeOver(byte[] plan, Consumer<String> progress) throws IOException {
    boolean taken = false;
    for (Path left : leftFolders()) {
      if (!taken
          && Arrays.equals(readSmall(new Path(left, PLAN), plan.length), plan)
          && rename(left, root)) {
        taken = true;
        progress.accept("Continuing an interrupted preparation");
      } else {
        fileSystem.delete(left, true);
        progress.accept("Deleted " + left + ", left by an interrupted preparation of other data");
      }
    }
    return taken;
  }

  private List<Path> leftFolders() throws IOException {
    List<Path> left = new ArrayList<>();
    try {
      for (FileStatus status : fileSystem.listStatus(target.getParent())) {
        if (status.isDirectory() && status.getPath().getName().startsWith(prefix(target))) {
          left.add(status.getPath());
        }
      }
    } catch (FileNotFoundException e) {
      // no parent, nothing left
      return List.of();
    }
    return left;
  }

  /**
   * A small file that was written at once.
   *
   * @return empty, if it is missing, or was not written to its end
   */
  private byte[] readSmall(Path file, int length) throws IOException {
    try {
      // a file whose writer was killed may not be readable at all
      if (fileSystem.getFileStatus(file).getLen() != length) {
        return new byte[0];
      }
      try (InputStream in = fileSystem.open(file)) {
        return in.readAllBytes();
      }
    } catch (FileNotFoundException | ChecksumException e) {
      return new byte[0];
    }
  }

  private boolean rename(Path from, Path to) throws IOException {
    try {
      return fileSystem.rename(from, to);
    } catch (FileNotFoundException e) {
      // somebody else was faster
      return false;
    }
  }

  private void make(byte[] plan) throws IOException {
    if (!fileSystem.mkdirs(path())) {
      throw JobFailure.badConfiguration(
          "data.path "
              + target
              + " cannot be made, since the folder "
              + path()
              + " cannot; choose a place that you may write to.");
    }
    write(new Path(root, PLAN), plan);
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

  /** The folder to be filled and then renamed. */
  Path path() {
    return new Path(root, DATA);
  }

  /** Starts a file of that name in place of an unfinished one. */
  OutputStream create(String name) throws IOException {
    return createHere(new Path(path(), name));
  }

  /**
   * Starts a file in a folder that must be there: one that is gone has been taken over, and must
   * not come back with a part of the files.
   */
  private OutputStream createHere(Path file) throws IOException {
    return fileSystem.createNonRecursive(
        file,
        true,
        BUFFER_BYTES,
        fileSystem.getDefaultReplication(file),
        fileSystem.getDefaultBlockSize(file),
        null);
  }

  private void write(Path file, byte[] bytes) throws IOException {
    try (OutputStream out = createHere(file)) {
      out.write(bytes);
    }
  }

  /** Notes that a shard is finished, so that it need not be made again. */
  void finished(String shard, String sha256) throws IOException {
    write(checksum(shard), sha256.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What was noted of a shard that a killed process has finished.
   *
   * @return its SHA-256 as noted, which it need not have; empty if nothing was noted
   */
  String notedSha256(String shard) throws IOException {
    return new String(
        readSmall(checksum(shard), Sha256.HEXADECIMAL_DIGITS), StandardCharsets.UTF_8);
  }

  private Path checksum(String shard) {
    return new Path(root, shard + CHECKSUM_SUFFIX);
  }

  /** Whether somebody else has taken the folder over. */
  boolean isGone() {
    try {
      return !fileSystem.exists(root);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Moves the folder to its final place.
   *
   * @param manifest what the folder must hold
   * @throws JobFailure if something was put there in the meantime, or the folder is not whole
   */
  void publish(Manifest manifest) throws IOException {
    // looks again when it moves: whoever has published took the shards, too, and this tells why
    requireFree(fileSystem, target);
    ManifestFile.requireShards(manifest, fileSystem, path());
    place.receive(path());
    published = true;
    fileSystem.delete(root, true);
  }

  @Override
  public void close() throws IOException {
    if (published) {
      return;
    }
    fileSystem.delete(root, true);
    place.deleteEmptyParents();
  }
}
