/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.files.AtomicFile;
import org.anodespark.jobs.model.ModelFile;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/** The folder of one run. Files appear in it complete, under their final name, or not at all. */
public final class RunDirectory {
  /** The settings of the run; the first file that a run writes. */
  public static final String RESOLVED_SETTINGS = "resolved.conf";

  /** The outcome of the run; the last file that a run writes. */
  public static final String SUMMARY = "summary.json";

  static final String METRICS = "metrics.jsonl";
  static final String CHECKPOINTS = "checkpoints";
  static final String MODEL = ModelFile.NAME;

  private static final List<String> SIGNS_OF_A_RUN =
      List.of(RESOLVED_SETTINGS, SUMMARY, METRICS, CHECKPOINTS, MODEL);

  private final FileContext files;
  private final Path root;

  private RunDirectory(FileContext files, Path root) {
    this.files = files;
    this.root = root;
  }

  /**
   * Makes the folder, with its parents, and claims it by writing {@link #RESOLVED_SETTINGS}.
   *
   * @param hadoop where file systems are configured
   * @param path a path of any Hadoop file system; without a scheme, of the default one
   * @param resolvedSettings what {@link #RESOLVED_SETTINGS} will hold
   * @throws JobFailure with exit code 2 when the folder holds a run already, or cannot be written
   */
  public static RunDirectory create(Configuration hadoop, String path, String resolvedSettings) {
    try {
      Path requested = new Path(path);
      FileContext files = FileContext.getFileContext(requested.toUri(), hadoop);
      Path root = files.makeQualified(requested);
      for (String sign : SIGNS_OF_A_RUN) {
        if (files.util().exists(new Path(root, sign))) {
          throw JobFailure.badConfiguration(
              "The run directory %s already holds a run (%s): set run.dir to a new folder."
                  .formatted(root, sign));
        }
      }
      files.mkdir(root, null, true);
      RunDirectory directory = new RunDirectory(files, root);
      // without permission to overwrite: of two runs that start at once, one fails here
      directory.writeThenRename(
          RESOLVED_SETTINGS,
          out -> out.write(resolvedSettings.getBytes(StandardCharsets.UTF_8)),
          Options.Rename.NONE);
      return directory;
    } catch (JobFailure e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // some file systems report an unknown host or a malformed address by a RuntimeException
      throw JobFailure.badConfiguration(
          "The run directory %s cannot be written (%s): set run.dir to a folder that you may write to."
              .formatted(path, reasonOf(e)),
          e);
    }
  }

  /** The folder as a full address, for example {@code hdfs://host:8020/runs/train-1}. */
  public String location() {
    return root.toString();
  }

  /**
   * Writes a file, in place of an earlier one of this name if there is one.
   *
   * @param name relative to the folder, with {@code /} between a subfolder and the file
   * @param content what to write
   * @throws JobFailure with exit code 3 when it cannot be written; an earlier file is then still
   *     there
   */
  public void write(String name, AtomicFile.Content content) {
    try {
      writeThenRename(name, content, Options.Rename.OVERWRITE);
    } catch (IOException e) {
      throw new JobFailure(
          ExitCode.PREFLIGHT_FAILED,
          "The file %s cannot be written (%s): see that its file system has room and is reachable."
              .formatted(new Path(root, name), reasonOf(e)),
          e);
    }
  }

  /**
   * As {@link #write(String, AtomicFile.Content)}, for a JSON object.
   *
   * @param value a record or a map that becomes one
   */
  public void writeJson(String name, Object value) {
    write(name, Json.text(value));
  }

  /** As {@link #write(String, AtomicFile.Content)}, for text, in UTF-8. */
  public void write(String name, String text) {
    write(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private void writeThenRename(String name, AtomicFile.Content content, Options.Rename rename)
      throws IOException {
    AtomicFile.write(files, new Path(root, name), content, rename);
  }

  private static String reasonOf(Exception e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null
        ? root.getClass().getSimpleName()
        : root.getMessage().lines().findFirst().orElse("");
  }
}
