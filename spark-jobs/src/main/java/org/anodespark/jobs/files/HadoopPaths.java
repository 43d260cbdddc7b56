/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.failure.Reason;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;

/** Turns what users write into Hadoop paths and file systems, and failures into sentences. */
public final class HadoopPaths {
  /** Exceptions that another setting or another file would avoid. */
  private static final List<Class<? extends IOException>> WRONG_NAMES =
      List.of(
          FileNotFoundException.class,
          FileAlreadyExistsException.class,
          ParentNotDirectoryException.class,
          AccessControlException.class,
          ChecksumException.class,
          UnsupportedFileSystemException.class);

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
          String.format("%s is \"%s\", expected a path (%s).", key, value, Reason.of(e)), e);
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
      throw new IOException(Reason.of(e), e);
    }
  }

  /**
   * What a failing file system means for the job: exit code 2 where the user named something that
   * is not there or not usable, 3 where the file system is not able to serve.
   *
   * @param sentence names the path, what was tried, and the {@link Reason#of}
   */
  public static JobFailure failure(String sentence, IOException cause) {
    return new JobFailure(
        isOfName(cause) ? ExitCode.BAD_CONFIGURATION : ExitCode.PREFLIGHT_FAILED, sentence, cause);
  }

  /**
   * Whether another name would avoid the failure, which the file system then is not to blame for.
   */
  public static boolean isOfName(IOException cause) {
    return WRONG_NAMES.stream().anyMatch(kind -> kind.isInstance(cause))
        || cause.getCause() instanceof IllegalArgumentException;
  }
}
