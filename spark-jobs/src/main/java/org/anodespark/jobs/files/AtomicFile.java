/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.EnumSet;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/** Writes files that appear complete, under their final name, or not at all. */
public final class AtomicFile {
  private AtomicFile() {}

  /** How the names of files end that are being written. */
  public static final String TEMPORARY = ".tmp";

  /**
   * Writes a file, and the folders above it that are missing.
   *
   * @param rename whether it may take the place of an earlier one
   * @throws IOException if it cannot be written, or there is an earlier one that must stay
   */
  public static void write(FileContext files, Path target, Content content, Options.Rename rename)
      throws IOException {
    write(files, target, TEMPORARY, content, () -> {}, rename);
  }

  /**
   * As {@link #write(FileContext, Path, Content, Options.Rename)}, for somebody who may lose the
   * right to write.
   *
   * @param temporarySuffix of the name under which the file is written; another one for each who
   *     may write the same file at the same time
   * @param guard called before the file appears under its name; throws what is then thrown instead
   */
  public static void write(
      FileContext files,
      Path target,
      String temporarySuffix,
      Content content,
      Runnable guard,
      Options.Rename rename)
      throws IOException {
    Path temporary = new Path(target.getParent(), "." + target.getName() + temporarySuffix);
    boolean complete = false;
    try {
      try (OutputStream out =
          new BufferedOutputStream(
              files.create(
                  temporary,
                  EnumSet.of(CreateFlag.CREATE, CreateFlag.OVERWRITE),
                  Options.CreateOpts.createParent()))) {
        content.writeTo(out);
      }
      guard.run();
      rename(files, temporary, target, rename);
      complete = true;
    } finally {
      if (!complete) {
        files.delete(temporary, false);
      }
    }
  }

  /**
   * On this machine's own files Hadoop deletes the earlier file before it renames the new one, and
   * a process that is killed in between leaves neither.
   */
  private static void rename(FileContext files, Path temporary, Path target, Options.Rename rename)
      throws IOException {
    boolean local = "file".equals(files.makeQualified(target).toUri().getScheme());
    if (local && rename == Options.Rename.OVERWRITE && Files.exists(localPath(target))) {
      replace(localPath(temporary), localPath(target));
    } else if (!local || rename != Options.Rename.NONE || !link(temporary, target)) {
      files.rename(temporary, target, rename);
    } else {
      files.delete(temporary, false);
    }
  }

  /**
   * On this machine's own files Hadoop looks for an earlier file before it renames the new one, and
   * somebody else's may appear in between. A link is made by one only.
   *
   * @return false where there are no links
   * @throws FileAlreadyExistsException if there is an earlier file
   */
  private static boolean link(Path temporary, Path target) throws IOException {
    try {
      Files.createLink(localPath(target), localPath(temporary));
      return true;
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /**
   * Two files cannot be replaced in one step, so the new one goes without Hadoop's checksums beside
   * it: there must be no moment at which it lies beside those of the earlier one.
   */
  private static void replace(java.nio.file.Path temporary, java.nio.file.Path target)
      throws IOException {
    Files.deleteIfExists(checksumsOf(target));
    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    Files.deleteIfExists(checksumsOf(temporary));
  }

  private static java.nio.file.Path localPath(Path path) {
    return java.nio.file.Path.of(path.toUri().getPath());
  }

  private static java.nio.file.Path checksumsOf(java.nio.file.Path file) {
    return file.resolveSibling("." + file.getFileName() + ".crc");
  }

  /** Something that writes a file's bytes. */
  @FunctionalInterface
  public interface Content {
    /** Writes all bytes; need not close the stream. */
    void writeTo(OutputStream out) throws IOException;
  }
}
