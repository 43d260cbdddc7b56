/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A temporary folder on this machine's disk.
 *
 * @param javaPath its path
 * @param fileSystem the local file system
 */
record LocalFolder(java.nio.file.Path javaPath, FileSystem fileSystem) {

  /** Makes an empty folder that also goes away when the process is stopped by a signal. */
  static LocalFolder createTemporary(Configuration hadoop) throws IOException {
    FileSystem local = FileSystem.getLocal(hadoop);
    LocalFolder folder = new LocalFolder(Files.createTempDirectory("anode-spark-prepare-"), local);
    local.deleteOnExit(folder.hadoopPath());
    return folder;
  }

  /** Its path as Hadoop writes it. */
  Path hadoopPath() {
    return new Path(javaPath.toUri());
  }

  /** Deletes the folder and what is in it. */
  void delete() throws IOException {
    fileSystem.delete(hadoopPath(), true);
    fileSystem.cancelDeleteOnExit(hadoopPath());
  }
}
