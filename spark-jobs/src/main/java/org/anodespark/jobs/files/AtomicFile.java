/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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
      files.rename(temporary, target, rename);
      complete = true;
    } finally {
      if (!complete) {
        files.delete(temporary, false);
      }
    }
  }

  /** Something that writes a file's bytes. */
  @FunctionalInterface
  public interface Content {
    /** Writes all bytes; need not close the stream. */
    void writeTo(OutputStream out) throws IOException;
  }
}
