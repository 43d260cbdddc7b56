/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.files.Sha256;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A preparation that was killed is continued by the next one with the same settings. */
class InterruptedPreparationTest {
  private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

  @TempDir Path temp;

  private final List<String> progress = new ArrayList<>();
  private Configuration hadoop;
  private Path source;
  private Path undisturbed;
  private Path place;
  private Path data;

  @BeforeEach
  void prepareUndisturbed() throws IOException {
    place = temp.resolve("place");
    data = place.resolve("data");
    hadoop = FaultyFileSystem.configuration(place);
    source = CifarFiles.writeCifar10(temp.resolve("cifar"));
    undisturbed = temp.resolve("undisturbed/data");
    prepare(undisturbed, 4);
  }

  @AfterEach
  void heal() {
    FaultyFileSystem.failAfter(Integer.MAX_VALUE);
  }

  private Manifest prepare(Path path, int validation) {
    progress.clear();
    return new Preparation(hadoop, progress::add)
        .prepare(CifarFiles.settings(source, path, validation), 1);
  }

  /** Kills a preparation when it has written a file. */
  private void killAfterWriting(String file) {
    FaultyFileSystem.failAfterWriting(file);
    assertThatThrownBy(() -> prepare(data, 4)).isInstanceOf(JobFailure.class);
    FaultyFileSystem.failAfter(Integer.MAX_VALUE);
  }

  /** The only folder that was left. */
  private Path temporary() throws IOException {
    try (var files = Files.list(place)) {
      List<Path> left = files.toList();
      assertThat(left).hasSize(1);
      assertThat(left.get(0).getFileName().toString()).startsWith(".data.preparing-");
      return left.get(0);
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    org.apache.hadoop.fs.FileUtil.fullyDelete(folder.toFile());
  }

  /** All files, with Hadoop's local checksums. */
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
  void killedAfterAnyFileOperationTheNextOneMakesTheSameBytes() throws IOException {
    FaultyFileSystem.failAfter(Integer.MAX_VALUE);
    prepare(data, 4);
    int all = FaultyFileSystem.operations();
    Map<String, String> expected = content(undisturbed);
    assertThat(all).isGreaterThan(50);

    int continued = 0;
    for (int operations = 0; operations < all; operations++) {
      deleteAll(place);
      FaultyFileSystem.failAfter(operations);
      JobFailure killed = catchThrowableOfType(JobFailure.class, () -> prepare(data, 4));
      assertThat(killed).as("killed after %d operations", operations).isNotNull();
      FaultyFileSystem.failAfter(Integer.MAX_VALUE);
      if (Files.exists(data.resolve("manifest.json"))) {
        assertThatThrownBy(() -> prepare(data, 4)).hasMessageContaining("already holds");
      } else {
        prepare(data, 4);
        continued += progress.contains("Continuing an interrupted preparation") ? 1 : 0;
        try (var files = Files.list(place)) {
          assertThat(files).containsExactly(data);
        }
      }
      assertThat(content(data)).as("after %d operations", operations).isEqualTo(expected);
    }
    assertThat(continued).isGreaterThan(all / 3);
  }

  @Test
  void finishedShardsAreKept() throws IOException {
    killAfterWriting("train-00001.bin.sha256");
    Path shard = temporary().resolve("data/train-00000.bin");
    Files.setLastModifiedTime(shard, LONG_AGO);

    prepare(data, 4);
    assertThat(Files.getLastModifiedTime(data.resolve("train-00000.bin"))).isEqualTo(LONG_AGO);
    assertThat(progress)
        .containsExactly(
            "Preparing cifar-10 from " + source,
            "Continuing an interrupted preparation",
            "  train: 11 images in 2 shards, 2 kept from the interrupted preparation",
            "  validation: 4 images in 1 shard",
            "  test: 4 images in 1 shard");
    assertThat(content(data)).isEqualTo(content(undisturbed));
  }

  @Test
  void aFinishedShardThatWasDamagedIsMadeAgain() throws IOException {
    killAfterWriting("validation-00000.bin.sha256");
    Path shard = temporary().resolve("data/train-00000.bin");
    byte[] bytes = Files.readAllBytes(shard);
    bytes[5000] ^= 1;
    Files.write(shard, bytes);
    Files.delete(shard.resolveSibling(".train-00000.bin.crc"));

    prepare(data, 4);
    assertThat(progress)
        .contains("  train: 11 images in 2 shards, 1 kept from the interrupted preparation");
    assertThat(content(data)).isEqualTo(content(undisturbed));
  }

  @Test
  void builtInImagesAreTheSameAfterKeptShards() throws IOException {
    Path plain = temp.resolve("undisturbed/builtin");
    new Preparation(hadoop, progress::add).prepare(CifarFiles.settings("builtin", plain, 5), 7);
    FaultyFileSystem.failAfterWriting("train-00001.bin.sha256");
    assertThatThrownBy(
            () ->
                new Preparation(hadoop, line -> {})
                    .prepare(CifarFiles.settings("builtin", data, 5), 7))
        .isInstanceOf(JobFailure.class);
    FaultyFileSystem.failAfter(Integer.MAX_VALUE);
    progress.clear();
    new Preparation(hadoop, progress::add).prepare(CifarFiles.settings("builtin", data, 5), 7);
    assertThat(progress)
        .contains("  train: 15 images in 3 shards, 2 kept from the interrupted preparation");
    assertThat(content(data)).isEqualTo(content(plain));
  }

  @Test
  void whatWasMadeWithOtherSettingsIsDeleted() throws IOException {
    killAfterWriting("train-00001.bin.sha256");
    Path left = temporary();

    prepare(data, 3);
    assertThat(progress)
        .contains(
            "Deleted file:" + left + ", left by an interrupted preparation of other data",
            "  train: 12 images in 2 shards");
    try (var files = Files.list(place)) {
      assertThat(files).containsExactly(data);
    }
    Path other = temp.resolve("undisturbed/other");
    prepare(other, 3);
    assertThat(content(data)).isEqualTo(content(other));
  }

  @Test
  void whatWasMadeFromAnOlderSourceIsDeleted() throws IOException {
    killAfterWriting("train-00001.bin.sha256");
    Path left = temporary();
    Files.setLastModifiedTime(source.resolve("data_batch_3.bin"), LONG_AGO);

    prepare(data, 4);
    assertThat(progress)
        .contains("Deleted file:" + left + ", left by an interrupted preparation of other data");
  }

  @Test
  void oneThatIsStillAtWorkStopsWhenALaterOneTakesOver() throws IOException {
    Path[] made = new Path[1];
    Preparation earlier =
        new Preparation(
            hadoop,
            line -> {
              // in the midst of the earlier one, the later one does everything
              if (line.startsWith("  train")) {
                prepare(data, 4);
                made[0] = data;
              }
            });
    JobFailure failure =
        catchThrowableOfType(
            JobFailure.class, () -> earlier.prepare(CifarFiles.settings(source, data, 4), 1));
    assertThat(made[0]).isNotNull();
    assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION);
    assertThat(failure)
        .hasMessageContaining("is being prepared by another process, which began later");
    assertThat(content(data)).isEqualTo(content(undisturbed));
    try (var files = Files.list(place)) {
      assertThat(files).containsExactly(data);
    }
  }
}
