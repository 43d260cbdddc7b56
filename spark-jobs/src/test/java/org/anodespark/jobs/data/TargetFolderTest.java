/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.files.Sha256;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code data.path} is made whole or not at all, and never overwritten. */
class TargetFolderTest {
  @TempDir Path temp;

  private final Configuration hadoop = new Configuration();

  private Manifest prepare(Object path, long seed) {
    return new Preparation(hadoop, line -> {}).prepare(CifarFiles.settings("builtin", path), seed);
  }

  private ShardFolder open(Path data) throws IOException {
    return ShardFolder.open(
        new org.apache.hadoop.fs.Path(data.toUri()), new byte[] {1}, hadoop, line -> {});
  }

  private static Map<String, String> content(Path folder) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        content.put(folder.relativize(file).toString(), Sha256.of(Files.readAllBytes(file)));
      }
    }
    return content;
  }

  @Test
  void earlierDataSetIsRefusedAndStaysByteEqual() throws IOException {
    Path data = temp.resolve("data");
    prepare(data, 1);
    Map<String, String> before = content(temp);

    assertThatThrownBy(() -> prepare(data, 2))
        .isInstanceOf(JobFailure.class)
        .hasMessage(
            "data.path file:"
                + data
                + " already holds a prepared data set, which is never overwritten; choose another"
                + " data.path or delete that folder.");
    assertThat(content(temp)).isEqualTo(before);
  }

  @Test
  void folderWithOtherFilesIsRefusedAndStays() throws IOException {
    Path data = Files.createDirectory(temp.resolve("data"));
    Files.writeString(data.resolve("thesis.tex"), "years of work");

    assertThatThrownBy(() -> prepare(data, 1))
        .isInstanceOf(JobFailure.class)
        .hasMessageContaining("already holds thesis.tex, expected an empty folder or none");
    assertThat(content(temp)).containsOnlyKeys("data/thesis.tex");
  }

  @Test
  void emptyFolderIsFilled() throws IOException {
    Path data = Files.createDirectory(temp.resolve("data"));
    Manifest manifest = prepare(data, 1);
    assertThat(Manifest.read(new org.apache.hadoop.fs.Path(data.toUri()), hadoop))
        .isEqualTo(manifest);
  }

  @Test
  void missingParentsAreMade() throws IOException {
    prepare(temp.resolve("a/b/c"), 1);
    assertThat(content(temp.resolve("a/b/c")))
        .containsKeys("manifest.json", "train-00003.bin", "test-00001.bin");
  }

  @Test
  void nothingElseIsLeftBesideTheDataSet() throws IOException {
    prepare(temp.resolve("data"), 1);
    try (var files = Files.list(temp)) {
      assertThat(files).containsExactly(temp.resolve("data"));
    }
  }

  @Test
  void unwritablePlaceIsNamed() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "in the way");
    assertThatThrownBy(() -> prepare(file.resolve("data"), 1))
        .isInstanceOf(JobFailure.class)
        .hasMessageContaining(file.resolve("data").toString());
    assertThat(content(temp)).containsOnlyKeys("file");
  }

  @Test
  void fileAtThePlaceIsRefused() throws IOException {
    Path file = Files.writeString(temp.resolve("data"), "in the way");
    assertThatThrownBy(() -> prepare(file, 1))
        .isInstanceOf(JobFailure.class)
        .hasMessageContaining(file + " is a file, expected an empty folder or none");
    assertThat(content(temp)).containsOnlyKeys("data");
  }

  @Test
  void rootIsRefused() {
    assertThatThrownBy(() -> prepare("/", 1))
        .isInstanceOf(JobFailure.class)
        .hasMessageContaining("root of a file system");
  }

  @Test
  void placeTakenMeanwhileIsLeftToTheOther() throws IOException {
    Path data = temp.resolve("data");
    try (ShardFolder folder = open(data)) {
      Manifest manifest = prepare(data, 1);
      Map<String, String> before = content(data);
      assertThatThrownBy(() -> folder.publish(manifest))
          .isInstanceOf(JobFailure.class)
          .hasMessageContaining("already holds a prepared data set");
      assertThat(content(data)).isEqualTo(before);
    }
    try (var files = Files.list(temp)) {
      assertThat(files).containsExactly(data);
    }
  }

  @Test
  void unpublishedFolderGoesAwayWithTheParentsMadeForIt() throws IOException {
    Path data = temp.resolve("a/b/data");
    try (ShardFolder folder = open(data)) {
      try (var out = folder.create("x")) {
        out.write("half".getBytes(StandardCharsets.UTF_8));
      }
      assertThat(temp.resolve("a/b")).exists();
    }
    assertThat(temp).isEmptyDirectory();
  }
}
