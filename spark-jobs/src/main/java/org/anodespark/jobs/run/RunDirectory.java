/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.run;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.failure.Reason;
import org.anodespark.jobs.files.AtomicFile;
import org.anodespark.jobs.files.HadoopPaths;
import org.anodespark.jobs.model.ModelFile;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** The folder of one run. Files appear in it complete, under their final name, or not at all. */
public final class RunDirectory {
  /** The settings of the run; the first file that a run writes. */
  public static final String RESOLVED_SETTINGS = "resolved.conf";

  /** The outcome of the run; the last file that a run writes. */
  public static final String SUMMARY = "summary.json";

  /** The images that an evaluation mistook most often. */
  public static final String MISTAKES = "mistakes.json";

  /** The folder of event files for TensorBoard. */
  public static final String TENSORBOARD = "tensorboard";

  /** The folder of checkpoints. */
  public static final String CHECKPOINTS = "checkpoints";

  static final String METRICS = "metrics.jsonl";

  /** The trained network. */
  public static final String MODEL = ModelFile.NAME;

  static final String BEST_MODEL = "best-model.zip";

  private static final List<String> SIGNS_OF_A_RUN =
      List.of(RESOLVED_SETTINGS, SUMMARY, METRICS, CHECKPOINTS, MODEL);

  private final FileContext files;
  private final Path root;
  private final Runnable guard;
  private final String temporarySuffix;

  private RunDirectory(FileContext files, Path root, Runnable guard, String temporarySuffix) {
    this.files = files;
    this.root = root;
    this.guard = guard;
    this.temporarySuffix = temporarySuffix;
  }

  /**
   * Makes the folder, with its parents, and claims it by writing {@link #RESOLVED_SETTINGS}.
   *
   * @param hadoop where file systems are configured
   * @param path a path of any Hadoop file system; without a scheme, of the default one
   * @param resolvedSettings what {@link #RESOLVED_SETTINGS} will hold
   * @throws JobFailure with exit code 2 when the folder holds a run already, or may not be written;
   *     3 when its file system does not serve
   */
  public static RunDirectory create(Configuration hadoop, String path, String resolvedSettings) {
    return prepared(
        hadoop,
        path,
        directory -> {
          directory.refuseARun();
          directory.makeFolder();
          // of two runs that start at once, one fails here
          directory.writeNew(RESOLVED_SETTINGS, resolvedSettings);
        });
  }

  /**
   * Makes the folder, with its parents, or takes one that is there, whatever it holds.
   *
   * @param hadoop where file systems are configured
   * @param path a path of any Hadoop file system; without a scheme, of the default one
   * @throws JobFailure with exit code 2 when it may not be made; 3 when its file system does not
   *     serve
   */
  public static RunDirectory open(Configuration hadoop, String path) {
    return prepared(hadoop, path, RunDirectory::makeFolder);
  }

  /**
   * Takes a folder that is there, to read in it.
   *
   * @param hadoop where file systems are configured
   * @param path a path of any Hadoop file system; without a scheme, of the default one
   * @throws JobFailure with exit code 2 when its address is wrong or its file system unknown
   */
  public static RunDirectory existing(Configuration hadoop, String path) {
    try {
      return at(hadoop, path);
    } catch (IOException | RuntimeException e) {
      throw JobFailure.badConfiguration(
          "The run directory %s cannot be read (%s): expected the address of a folder."
              .formatted(path, Reason.ofRoot(e)),
          e);
    }
  }

  private static RunDirectory at(Configuration hadoop, String path) throws IOException {
    Path requested = new Path(path);
    FileContext files = FileContext.getFileContext(requested.toUri(), hadoop);
    return new RunDirectory(files, files.makeQualified(requested), () -> {}, AtomicFile.TEMPORARY);
  }

  private static RunDirectory prepared(Configuration hadoop, String path, Preparation preparation) {
    RunDirectory directory;
    try {
      directory = at(hadoop, path);
    } catch (IOException | RuntimeException e) {
      // some file systems report an unknown host or a malformed address by a RuntimeException
      throw wrongFolder(path, e);
    }
    try {
      preparation.prepare(directory);
      return directory;
    } catch (JobFailure e) {
      throw e;
    } catch (RuntimeException e) {
      throw wrongFolder(path, e);
    } catch (IOException e) {
      if (HadoopPaths.isOfName(e)) {
        throw wrongFolder(path, e);
      }
      throw new JobFailure(
          ExitCode.PREFLIGHT_FAILED,
          "The run directory %s cannot be written (%s): see that its file system is reachable and accepts files, or set run.dir to another one."
              .formatted(path, Reason.ofRoot(e)),
          e);
    }
  }

  private static JobFailure wrongFolder(String path, Exception cause) {
    return JobFailure.badConfiguration(
        "The run directory %s cannot be written (%s): set run.dir to a folder that you may write to."
            .formatted(path, Reason.ofRoot(cause)),
        cause);
  }

  private void makeFolder() throws IOException {
    files.mkdir(root, null, true);
  }

  private void refuseARun() throws IOException {
    for (String sign : SIGNS_OF_A_RUN) {
      if (files.util().exists(new Path(root, sign))) {
        throw JobFailure.badConfiguration(
            "The run directory %s already holds a run (%s): set run.dir to a new folder."
                .formatted(root, sign));
      }
    }
  }

  /**
   * Writes a file that must not be there yet: of two who do this at once, one fails.
   *
   * @throws IOException when it cannot be written, or is there
   */
  void writeNew(String name, String text) throws IOException {
    AtomicFile.write(
        files,
        new Path(root, name),
        "." + UUID.randomUUID() + AtomicFile.TEMPORARY,
        out -> out.write(text.getBytes(StandardCharsets.UTF_8)),
        guard,
        Options.Rename.NONE);
  }

  /**
   * The same folder, for somebody who may lose the right to write into it.
   *
   * @param guard called before a file appears under its name; throws what is then thrown instead
   * @param writer distinguishes this one's temporary files from those of others
   */
  RunDirectory guardedBy(Runnable guard, String writer) {
    return new RunDirectory(files, root, guard, "." + writer + AtomicFile.TEMPORARY);
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
      AtomicFile.write(
          files, new Path(root, name), temporarySuffix, content, guard, Options.Rename.OVERWRITE);
    } catch (IOException e) {
      throw new JobFailure(
          ExitCode.PREFLIGHT_FAILED,
          "The file %s cannot be written (%s): see that its file system has room and is reachable."
              .formatted(new Path(root, name), Reason.ofRoot(e)),
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

  /** Whether there is a file or folder of this name, relative to the folder. */
  public boolean exists(String name) {
    return reading(name, path -> files.util().exists(path));
  }

  /**
   * All bytes of a file.
   *
   * @param name relative to the folder
   * @throws JobFailure with exit code 3 when it cannot be read
   */
  public byte[] read(String name) {
    return reading(
        name,
        path -> {
          try (InputStream in = files.open(path)) {
            return in.readAllBytes();
          }
        });
  }

  /**
   * All bytes of a file, or nothing if there is none at this moment.
   *
   * @throws JobFailure with exit code 3 when it cannot be read
   */
  Optional<byte[]> readIfThere(String name) {
    return reading(
        name,
        path -> {
          try (InputStream in = files.open(path)) {
            return Optional.of(in.readAllBytes());
          } catch (FileNotFoundException notThere) {
            return Optional.empty();
          }
        });
  }

  /**
   * Reads a file that {@link #writeJson} wrote.
   *
   * @param advice what to do when it is damaged
   * @throws JobFailure with exit code 2 when it is, 3 when it cannot be read
   */
  public <T> T readJson(String name, Class<T> type, String advice) {
    return parseJson(name, read(name), type, advice);
  }

  /** As {@link #readJson}, of a line of a file. */
  <T> T parseJson(String name, byte[] json, Class<T> type, String advice) {
    try {
      return Json.parse(json, type);
    } catch (IllegalArgumentException e) {
      throw JobFailure.badConfiguration(
          "The file %s is damaged (%s): %s."
              .formatted(new Path(root, name), e.getMessage(), advice),
          e);
    }
  }

  /**
   * Names of the complete files in a subfolder, in no order: none if there is no such folder.
   *
   * @throws JobFailure with exit code 3 when it cannot be read
   */
  public List<String> list(String subfolder) {
    return names(subfolder, name -> !name.startsWith("."));
  }

  /**
   * Deletes what drivers that were killed have begun to write and not finished. Nobody else may be
   * writing.
   *
   * @throws JobFailure with exit code 3 when the folder cannot be read or written
   */
  void deleteUnfinishedFiles() {
    for (String folder : List.of("", CHECKPOINTS, TENSORBOARD)) {
      String prefix = folder.isEmpty() ? "" : folder + "/";
      names(folder, name -> name.startsWith(".") && name.endsWith(AtomicFile.TEMPORARY))
          .forEach(name -> delete(prefix + name));
    }
  }

  private List<String> names(String subfolder, Predicate<String> condition) {
    return reading(
        subfolder,
        path -> {
          List<String> names = new ArrayList<>();
          if (files.util().exists(path)) {
            RemoteIterator<FileStatus> statuses = files.listStatus(path);
            while (statuses.hasNext()) {
              String name = statuses.next().getPath().getName();
              if (condition.test(name)) {
                names.add(name);
              }
            }
          }
          return names;
        });
  }

  /**
   * Deletes a file if it is there.
   *
   * @throws JobFailure with exit code 3 when it cannot be deleted
   */
  public void delete(String name) {
    guard.run();
    reading(name, path -> files.delete(path, false));
  }

  private <T> T reading(String name, Access<T> access) {
    Path path = name.isEmpty() ? root : new Path(root, name);
    try {
      return access.to(path);
    } catch (IOException e) {
      throw new JobFailure(
          ExitCode.PREFLIGHT_FAILED,
          "The file %s cannot be used (%s): see that its file system is reachable."
              .formatted(path, Reason.ofRoot(e)),
          e);
    }
  }

  /** What makes a folder ready. */
  @FunctionalInterface
  private interface Preparation {
    void prepare(RunDirectory directory) throws IOException;
  }

  /** Something that is done with a file. */
  @FunctionalInterface
  private interface Access<T> {
    T to(Path path) throws IOException;
  }
}
