/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.anodespark.jobs.testing.Latches;
import org.anodespark.jobs.testing.LocalSpark;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.spark.data.loader.RemoteFileSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.common.loader.Source;
import org.nd4j.linalg.dataset.DataSet;

class PrefetchingLoaderTest {
  private static JavaSparkContext spark;

  // static, since a task has copies of everything else
  private static volatile CountDownLatch bBegun;
  private static volatile CountDownLatch bInterrupted;

  @TempDir Path temp;

  /** Loads everything but b, which takes until the thread is interrupted. */
  private static final class HangingAtB implements DataSetLoader {
    private static final long serialVersionUID = 1L;

    @Override
    public DataSet load(Source source) {
      if (source.getPath().equals("b")) {
        bBegun.countDown();
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          bInterrupted.countDown();
        }
      }
      return new DataSet();
    }
  }

  @BeforeAll
  static void startSpark() {
    spark = LocalSpark.start("local[2]");
  }

  @AfterAll
  static void stopSpark() {
    spark.close();
  }

  @BeforeEach
  void resetLatches() {
    bBegun = new CountDownLatch(1);
    bInterrupted = new CountDownLatch(1);
  }

  @Test
  void tasksOfOneProcessGetTheBitsOfLoadingWithoutPrefetching() throws IOException {
    Configuration hadoop = new Configuration();
    Path data = temp.resolve("data");
    Manifest manifest =
        new Preparation(hadoop, line -> {})
            .prepare(CifarFiles.settings(CifarFiles.writeCifar10(temp.resolve("cifar")), data), 1);
    ShardDataSetLoader shards =
        new ShardDataSetLoader(
            manifest,
            new org.apache.hadoop.fs.Path(data.toUri()),
            "fine",
            64,
            new Augmentation(true, 4),
            hadoop);
    List<String> paths = minibatches();
    List<float[]> expected = new ArrayList<>();
    for (String path : paths) {
      expected.add(features(shards, path));
    }

    PrefetchingLoader prefetching = new PrefetchingLoader(shards);
    List<float[]> loaded =
        prefetching
            .announced(spark.parallelize(paths, 4))
            .map(path -> features(prefetching, path))
            .collect();

    assertThat(loaded).containsExactlyElementsOf(expected);
  }

  @Test
  void aTaskThatFailsStopsWhatIsLoadedForIt() {
    PrefetchingLoader loader = new PrefetchingLoader(new HangingAtB());
    JavaRDD<Integer> failing =
        loader
            .announced(spark.parallelize(List.of("a", "b"), 1))
            .map(
                path -> {
                  loader.load(new RemoteFileSource(path, null));
                  Latches.await(bBegun);
                  throw new IllegalStateException("ordered to fail after " + path);
                });

    assertThatThrownBy(failing::collect)
        .isInstanceOf(SparkException.class)
        .hasMessageContaining("ordered to fail after a");

    Latches.await(bInterrupted);
  }

  @Test
  void aTaskThatIsKilledStopsWhatIsLoadedForIt() {
    PrefetchingLoader loader = new PrefetchingLoader(new HangingAtB());
    spark.setJobGroup("group", "killed", true);
    JavaFutureAction<List<Integer>> job =
        loader
            .announced(spark.parallelize(List.of("a", "b"), 1))
            .map(path -> loader.load(new RemoteFileSource(path, null)).numExamples())
            .collectAsync();
    spark.clearJobGroup();
    Latches.await(bBegun);

    spark.sc().cancelJobGroup("group");

    assertThatThrownBy(job::get).isInstanceOf(ExecutionException.class);
    Latches.await(bInterrupted);
  }

  @Test
  void whatIsLoadedOutsideOfATaskIsNotPrefetched() throws IOException {
    DataSet minibatch = new DataSet();
    PrefetchingLoader loader = new PrefetchingLoader(source -> minibatch);
    assertThat(loader.load(new RemoteFileSource("a", null))).isSameAs(minibatch);
  }

  @Test
  void theTimeThatLoadingTookIsToldOnce() throws IOException {
    PrefetchingLoader loader = new PrefetchingLoader(source -> new DataSet());
    loader.load(new RemoteFileSource("a", null));
    assertThat(loader.takeWaitedNanos()).isPositive();
    assertThat(loader.takeWaitedNanos()).isZero();
  }

  /** Twenty minibatches of up to twelve examples. */
  private static List<String> minibatches() {
    Random random = new Random(1);
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      List<Integer> examples =
          random.ints(1 + random.nextInt(12), 0, CifarFiles.TRAIN_10).boxed().toList();
      paths.add(new MinibatchDescriptor(SplitName.TRAIN, i, examples).encode());
    }
    return paths;
  }

  private static float[] features(DataSetLoader loader, String path) throws IOException {
    return loader.load(new RemoteFileSource(path, null)).getFeatures().data().asFloat();
  }
}
