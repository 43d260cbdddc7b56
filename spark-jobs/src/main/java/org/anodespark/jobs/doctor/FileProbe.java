/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.anodespark.jobs.failure.Reason;
import org.anodespark.jobs.files.AtomicFile;
import org.anodespark.jobs.files.HadoopPaths;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Small files in a folder of their own below {@code run.dir}, by which driver and executors find
 * out whether they see the same file system.
 */
final class FileProbe implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String DRIVER = "driver";

  private final Path root;
  private final boolean rootWasThere;
  private final Path folder;
  private final SerializableConfiguration hadoop;

  private FileProbe(Path root, boolean rootWasThere, Configuration hadoop) {
    this.root = root;
    this.rootWasThere = rootWasThere;
    this.folder = new Path(root, ".doctor-" + UUID.randomUUID());
    this.hadoop = new SerializableConfiguration(hadoop);
  }

  /**
   * Writes nothing yet.
   *
   * @throws IOException if there is no such file system
   */
  static FileProbe in(String runDirectory, Configuration hadoop) throws IOException {
    Path path = HadoopPaths.parse("run.dir", runDirectory);
    FileContext files = files(path, hadoop);
    return new FileProbe(files.makeQualified(path), files.util().exists(path), hadoop);
  }

  /** The driver writes a file, renames it to its name, and reads it. */
  void ofDriver() throws IOException {
    write(DRIVER);
    read(DRIVER);
  }

  /**
   * An executor reads the driver's file and writes its own.
   *
   * @return nothing, or what went wrong
   */
  String ofExecutor(String name) {
    try {
      read(DRIVER);
      write(name);
      return "";
    } catch (IOException | RuntimeException e) {
      return Reason.of(e);
    }
  }

  /** The driver reads the files of all executors. */
  void ofExecutors(List<String> names) throws IOException {
    for (String name : names) {
      read(name);
    }
  }

  /** Leaves nothing behind. */
  void clear() throws IOException {
    FileContext files = files(root, hadoop.value());
    if (files.util().exists(folder)) {
      files.delete(folder, true);
    }
    if (!rootWasThere && files.util().exists(root) && files.util().listStatus(root).length == 0) {
      files.delete(root, false);
    }
  }

  private void write(String name) throws IOException {
    AtomicFile.write(
        files(root, hadoop.value()),
        new Path(folder, name),
        out -> out.write(name.getBytes(StandardCharsets.UTF_8)),
        Options.Rename.OVERWRITE);
  }

  private void read(String name) throws IOException {
    Path file = new Path(folder, name);
    try (InputStream in = files(root, hadoop.value()).open(file)) {
      String found = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      if (!found.equals(name)) {
        throw new IOException("%s holds \"%s\" instead of \"%s\"".formatted(file, found, name));
      }
    }
  }

  private static FileContext files(Path path, Configuration hadoop) throws IOException {
    try {
      return FileContext.getFileContext(path.toUri(), hadoop);
    } catch (RuntimeException e) {
      // what Hadoop throws for an unknown host or a malformed address
      throw new IOException(Reason.of(e), e);
    }
  }
}
