/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.files;

import java.io.IOException;
import org.anodespark.jobs.failure.JobFailure;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Turns what users write into Hadoop paths and file systems, and failures into sentences. */
public final class HadoopPaths {
  private HadoopPaths() {}

  /**
   * Parses a path.
   *
   * @param key the setting it comes from
   * @throws JobFailure if it is none
   */
  public static Path parse(String key, String value) {
    try {
      return new Path(value);
    } catch (IllegalArgumentException e) {
      throw JobFailure.badConfiguration(
          String.format("%s is \"%s\", expected a path (%s).", key, value, reason(e)), e);
    }
  }

  /**
   * The file system of a path.
   *
   * @throws IOException if there is none, e.g. for an unknown scheme or host
   */
  public static FileSystem fileSystem(Path path, Configuration hadoop) throws IOException {
    try {
      return path.getFileSystem(hadoop);
    } catch (IllegalArgumentException e) {
      // what Hadoop throws for the address of a host that does not exist
      throw new IOException(reason(e), e);
    }
  }

  /** The first line of an exception's message: that of a remote server goes on with a stack. */
  public static String reason(Exception exception) {
    String message = exception.getMessage();
    return message == null || message.isBlank()
        ? exception.getClass().getSimpleName()
        : message.lines().findFirst().orElseThrow();
  }
}
