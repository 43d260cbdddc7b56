/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  private static final int REPLACEMENTS = 300;

  @TempDir java.nio.file.Path folder;

  private FileContext files;
  private Path target;

  @BeforeEach
  void aFolderOfThisMachine() throws IOException {
    files = FileContext.getLocalFSFileContext();
    target = new Path("file:" + folder.resolve("some file"));
  }

  @Test
  void foldersAboveItAreMade() throws IOException {
    Path below = new Path(target, "and/deeper");

    AtomicFile.write(files, below, content("text"), Options.Rename.NONE);

    assertThat(read(below)).isEqualTo("text");
  }

  @Test
  void aFileThatIsReplacedIsThereAndCompleteAtEveryMoment() throws IOException {
    AtomicFile.write(files, target, content(numbered(0)), Options.Rename.OVERWRITE);
    CompletableFuture<Void> writer = CompletableFuture.runAsync(this::replaceManyTimes);

    int latest = 0;
    while (!writer.isDone()) {
      String text = read(target);
      int number = Integer.parseInt(text.substring(0, text.indexOf(' ')));
      assertThat(number).isGreaterThanOrEqualTo(latest);
      assertThat(text).isEqualTo(numbered(number));
      latest = number;
    }

    writer.join();
    assertThat(read(target)).isEqualTo(numbered(REPLACEMENTS));
  }

  @Test
  void nothingElseStaysBehindAReplacement() throws IOException {
    AtomicFile.write(files, target, content("first"), Options.Rename.OVERWRITE);
    AtomicFile.write(files, target, content("second"), Options.Rename.OVERWRITE);

    try (Stream<java.nio.file.Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(folder.resolve("some file"));
    }
  }

  @Test
  void anEarlierFileStaysIfTheNewOneCannotBeWritten() throws IOException {
    AtomicFile.write(files, target, content("first"), Options.Rename.OVERWRITE);

    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    files,
                    target,
                    out -> {
                      out.write(1);
                      throw new IOException("no room");
                    },
                    Options.Rename.OVERWRITE))
        .hasMessage("no room");

    assertThat(read(target)).isEqualTo("first");
  }

  @Test
  void anEarlierFileThatMustStayIsNotReplaced() throws IOException {
    AtomicFile.write(files, target, content("first"), Options.Rename.NONE);

    assertThatThrownBy(
            () -> AtomicFile.write(files, target, content("second"), Options.Rename.NONE))
        .isInstanceOf(IOException.class);

    assertThat(read(target)).isEqualTo("first");
  }

  private void replaceManyTimes() {
    try {
      for (int i = 1; i <= REPLACEMENTS; i++) {
        AtomicFile.write(files, target, content(numbered(i)), Options.Rename.OVERWRITE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String numbered(int number) {
    return number + " of a text that gets longer" + "!".repeat(number);
  }

  private static AtomicFile.Content content(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private String read(Path path) throws IOException {
    try (InputStream in = files.open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
