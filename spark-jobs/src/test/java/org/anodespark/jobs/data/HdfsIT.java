/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.files.Sha256;
import org.anodespark.jobs.testing.LocalSpark;
import org.anodespark.jobs.testing.SmallHdfs;
import org.anodespark.jobs.testing.TestContexts;
import org.anodespark.jobs.testing.TestSettings;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.hdfs.DFSTestUtil;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.protocol.HdfsConstants.SafeModeAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Preparing, checking and loading on a real HDFS, and what comes of its failures. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class HdfsIT {
  @TempDir static Path ofCluster;

  private static MiniDFSCluster cluster;
  private static JavaSparkContext spark;

  @TempDir Path temp;

  private final List<String> progress = new ArrayList<>();
  private Configuration hadoop;
  private org.apache.hadoop.fs.Path place;
  private org.apache.hadoop.fs.Path data;

  @BeforeAll
  static void startCluster() throws IOException {
    cluster = SmallHdfs.start(ofCluster);
    spark = LocalSpark.start("local[2]");
  }

  @AfterAll
  static void stopCluster() {
    if (spark != null) {
      spark.close();
    }
    if (cluster != null) {
      cluster.shutdown();
    }
  }

  /** A folder for each test, and a client that soon gives up on servers that are gone. */
  @BeforeEach
  void nameFolder(TestInfo test) {
    hadoop = new Configuration(cluster.getConfiguration(0));
    hadoop.set("fs.defaultFS", "file:///");
    hadoop.set("fs.hdfs.impl", WatchedHdfs.class.getName());
    hadoop.setBoolean("fs.hdfs.impl.disable.cache", true);
    hadoop.setInt("ipc.client.connect.max.retries", 1);
    hadoop.setInt("ipc.client.connect.retry.interval", 100);
    hadoop.setInt("dfs.client.max.block.acquire.failures", 1);
    hadoop.setInt("dfs.client.retry.window.base", 10);
    // a file is closed when its block is reported: ask for that more often than every 400 ms
    hadoop.setInt("dfs.client.block.write.locateFollowingBlock.initial.delay.ms", 10);
    hadoop.setInt("dfs.client.block.write.locateFollowingBlock.retries", 12);
    place =
        new org.apache.hadoop.fs.Path(
            cluster.getURI().toString() + "/sets/" + test.getTestMethod().orElseThrow().getName());
    data = new org.apache.hadoop.fs.Path(place, "data");
  }

  private Manifest prepare(Object path) {
    progress.clear();
    return new Preparation(hadoop, progress::add)
        .prepare(CifarFiles.settings("builtin", path, 5), 1);
  }

  private String check() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new CheckJob()
        .run(
            TestContexts.of(
                "check",
                TestSettings.in(temp.resolve("run").toString(), data.toString(), 1),
                hadoop,
                spark,
                out));
    return out.toString(StandardCharsets.UTF_8);
  }

  private static JobFailure refusal(ThrowingCallable work) {
    JobFailure failure = catchThrowableOfType(JobFailure.class, work);
    assertThat(failure.getMessage()).doesNotContain("\n").endsWith(".");
    return failure;
  }

  /** Names and checksums of the files in a folder, without Hadoop's local checksum files. */
  private Map<String, String> content(org.apache.hadoop.fs.Path folder) throws IOException {
    Map<String, String> content = new TreeMap<>();
    var fileSystem = folder.getFileSystem(hadoop);
    for (FileStatus file : fileSystem.listStatus(folder)) {
      try (InputStream in = fileSystem.open(file.getPath())) {
        content.put(file.getPath().getName(), Sha256.of(in.readAllBytes()));
      }
    }
    return content;
  }

  private List<String> names(org.apache.hadoop.fs.Path folder) throws IOException {
    return List.of(folder.getFileSystem(hadoop).listStatus(folder)).stream()
        .map(status -> status.getPath().getName())
        .toList();
  }

  @Test
  void shardsHaveTheSameBytesAsOnTheLocalFileSystem() throws IOException {
    Path local = temp.resolve("data");
    Manifest manifest = prepare(local);
    assertThat(prepare(data)).isEqualTo(manifest);
    assertThat(content(data))
        .hasSize(7)
        .isEqualTo(content(new org.apache.hadoop.fs.Path(local.toUri())));
    assertThat(names(place)).containsExactly("data");
  }

  @Test
  void aCheckPasses() {
    prepare(data);
    assertThat(check())
        .startsWith("Data set builtin-shapes in " + data + " is as its manifest says:");
  }

  @Test
  void minibatchesAreReadByOffset() throws IOException {
    Path local = temp.resolve("data");
    Manifest manifest = prepare(local);
    prepare(data);
    List<Integer> examples = IntStream.of(14, 0, 7, 5, 6, 13).boxed().toList();
    MinibatchDescriptor minibatch = new MinibatchDescriptor(SplitName.TRAIN, 3, examples);
    for (int cacheMebibytes : new int[] {0, 64}) {
      assertThat(loader(manifest, data, cacheMebibytes).load(minibatch))
          .isEqualTo(
              loader(manifest, new org.apache.hadoop.fs.Path(local.toUri()), 0).load(minibatch));
    }
  }

  private ShardDataSetLoader loader(
      Manifest manifest, org.apache.hadoop.fs.Path path, int cacheMebibytes) {
    return new ShardDataSetLoader(
        manifest, path, "fine", cacheMebibytes, new Augmentation(true, 4), hadoop);
  }

  @Test
  void anEarlierDataSetIsRefusedAndStays() throws IOException {
    prepare(data);
    Map<String, String> before = content(data);
    assertThat(refusal(() -> prepare(data)))
        .hasMessageContaining("already holds a prepared data set, which is never overwritten");
    assertThat(content(data)).isEqualTo(before);
    assertThat(names(place)).containsExactly("data");
  }

  @Test
  void aDataSetThatAppearsMeanwhileIsNotOverwritten() throws IOException {
    WatchedHdfs.before("test-00000.bin", () -> moveOtherDataSetHere(data));
    assertThat(refusal(() -> prepare(data)))
        .hasMessageContaining("already holds a prepared data set, which is never overwritten");
    assertThat(names(data)).contains("manifest.json");
    assertThat(names(place)).containsExactly("data");
  }

  private void moveOtherDataSetHere(org.apache.hadoop.fs.Path target) throws IOException {
    org.apache.hadoop.fs.Path other = new org.apache.hadoop.fs.Path(place, "other");
    new Preparation(hadoop, line -> {}).prepare(CifarFiles.settings("builtin", other), 9);
    assertThat(other.getFileSystem(hadoop).rename(other, target)).isTrue();
  }

  @Test
  void aDamagedBlockIsFound() throws IOException {
    prepare(data);
    DistributedFileSystem fileSystem = cluster.getFileSystem();
    org.apache.hadoop.fs.Path shard = new org.apache.hadoop.fs.Path(data, "test-00001.bin");
    assertThat(cluster.corruptBlockOnDataNodes(DFSTestUtil.getFirstBlock(fileSystem, shard)))
        .isEqualTo(1);
    JobFailure refusal = refusal(this::check);
    assertThat(refusal.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION);
    assertThat(refusal)
        .hasMessageStartingWith("1 of the 6 shards in " + data + " is not as the manifest says: ")
        .hasMessageContaining("test-00001.bin is damaged near record");
  }

  @Test
  void inSafeModeNothingIsMade() throws IOException {
    DistributedFileSystem fileSystem = cluster.getFileSystem();
    fileSystem.setSafeMode(SafeModeAction.SAFEMODE_ENTER);
    try {
      JobFailure refusal = refusal(() -> prepare(data));
      assertThat(refusal.exitCode()).isEqualTo(ExitCode.PREFLIGHT_FAILED);
      assertThat(refusal)
          .hasMessageStartingWith("Preparing builtin in " + data + " failed (")
          .hasMessageContaining("safe mode");
    } finally {
      fileSystem.setSafeMode(SafeModeAction.SAFEMODE_LEAVE);
    }
    assertThat(fileSystem.exists(place)).isFalse();
  }

  @Test
  void aCheckWhoseDataNodeGoesFailsForTheFileSystem() throws IOException {
    prepare(data);
    List<MiniDFSCluster.DataNodeProperties> stopped = new ArrayList<>();
    WatchedHdfs.before("validation-00000.bin", () -> stopped.add(cluster.stopDataNode(0)));
    try {
      JobFailure refusal = refusal(this::check);
      assertThat(stopped).hasSize(1);
      assertThat(refusal.exitCode()).isEqualTo(ExitCode.PREFLIGHT_FAILED);
      assertThat(refusal).hasMessageStartingWith("The shards in " + data + " could not be read (");
    } finally {
      cluster.restartDataNode(stopped.get(0), true);
      cluster.waitClusterUp();
    }
  }

  @Test
  void aCheckWhoseNameNodeGoesFailsForTheFileSystem() throws IOException {
    prepare(data);
    WatchedHdfs.before("validation-00000.bin", () -> cluster.shutdownNameNode(0));
    try {
      JobFailure refusal = refusal(this::check);
      assertThat(refusal.exitCode()).isEqualTo(ExitCode.PREFLIGHT_FAILED);
      assertThat(refusal).hasMessageStartingWith("The shards in " + data + " could not be read (");
    } finally {
      cluster.restartNameNode(0, true);
      cluster.waitClusterUp();
    }
    assertThat(Files.readString(temp.resolve("run/summary.json"))).contains("\"failed\"");
  }

  @Test
  void aPreparationWhoseNameNodeGoesIsContinuedWhenItIsBack() throws IOException {
    WatchedHdfs.before("validation-00000.bin", () -> cluster.shutdownNameNode(0));
    try {
      JobFailure refusal = refusal(() -> prepare(data));
      assertThat(refusal.exitCode()).isEqualTo(ExitCode.PREFLIGHT_FAILED);
      assertThat(refusal).hasMessageStartingWith("Preparing builtin in " + data + " failed (");
    } finally {
      cluster.restartNameNode(0, true);
      cluster.waitClusterUp();
    }
    prepare(data);
    assertThat(progress)
        .contains(
            "Continuing an interrupted preparation",
            "  train: 15 images in 3 shards, 3 kept from the interrupted preparation");
    Path local = temp.resolve("data");
    prepare(local);
    assertThat(content(data)).isEqualTo(content(new org.apache.hadoop.fs.Path(local.toUri())));
    assertThat(names(place)).containsExactly("data");
  }

  @Test
  void aHostThatIsNotThereIsASentence() {
    data = new org.apache.hadoop.fs.Path("hdfs://localhost:1/sets/data");
    JobFailure refusal = refusal(() -> prepare(data));
    assertThat(refusal.exitCode()).isEqualTo(ExitCode.PREFLIGHT_FAILED);
    assertThatThrownBy(this::check)
        .isInstanceOfSatisfying(
            JobFailure.class,
            failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.PREFLIGHT_FAILED))
        .hasMessageContaining("hdfs://localhost:1/sets/data/manifest.json cannot be read (");
  }
}
