/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.anodespark.jobs.executor.ArrayLimit;
import org.anodespark.jobs.executor.NativeMemoryNeed;
import org.anodespark.jobs.executor.TaskMemory;
import org.anodespark.jobs.model.ExampleFormat;
import org.anodespark.jobs.testing.LocalSpark;
import org.anodespark.jobs.testing.TinyNetworks;
import org.anodespark.odelayers.footprint.NetworkFootprint;
import org.anodespark.odelayers.memory.ArrayPool;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** An evaluation on one thread beside what was foreseen for it. */
class EvaluationMemoryTest {
  private static final int SIDE = 64;
  private static final int BATCH = 256;
  private static final int EXAMPLES = 4 * BATCH;
  private static final ExampleFormat FORMAT =
      new ExampleFormat(
          SIDE, SIDE, 3, List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0), List.of("a", "b"));

  private static JavaSparkContext spark;

  @BeforeAll
  static void startSpark() {
    spark = LocalSpark.start("local[1]");
  }

  @AfterAll
  static void stopSpark() {
    spark.close();
  }

  @AfterEach
  void removeLimit() {
    ArrayLimit.set(ArrayLimit.NONE);
  }

  @Test
  void whatIsForeseenIsEnough() {
    ComputationGraph network = TinyNetworks.images(FORMAT);
    NativeMemoryNeed need = need(network);
    long present = Nd4j.getEnvironment().getDeviceCouner(0);
    TaskMemory limit = new TaskMemory(present + need.arrays() + need.process());

    assertThat(evaluate(network, limit).examples()).isEqualTo(EXAMPLES);
  }

  @Test
  void muchLessIsNotEnough() {
    ComputationGraph network = TinyNetworks.images(FORMAT);

    // of all arrays, so that no garbage makes room
    TaskMemory limit = new TaskMemory(need(network).arrays() / 4);

    assertThatThrownBy(() -> evaluate(network, limit)).matches(ArrayLimit::wasReachedIn);
  }

  @Test
  void theDriversNetworkTakesNoMoreThanIsForeseen() {
    ComputationGraph network = TinyNetworks.images(FORMAT);
    long arrays =
        ArrayPool.bytes(network.params())
            + ArrayPool.bytes(network.getUpdater().getStateViewArray())
            + ArrayPool.bytes(network.getFlattenedGradients());

    assertThat(NativeMemoryNeed.ofDriverWith(network))
        .isEqualTo(arrays + ArrayPool.bytes(network.params()) + NativeMemoryNeed.RESERVE);
  }

  private static NativeMemoryNeed need(ComputationGraph network) {
    return NativeMemoryNeed.ofPrediction(
        NetworkFootprint.measurePrediction(network, EvaluationMemoryTest::images),
        (FORMAT.imageLength() + 2L) * Float.BYTES,
        EXAMPLES,
        BATCH,
        0);
  }

  private static Classification evaluate(ComputationGraph network, TaskMemory memory) {
    DataSetLoader loader =
        source -> {
          INDArray labels = Nd4j.zeros(DataType.FLOAT, BATCH, 2);
          labels.getColumn(0).assign(1);
          return new DataSet(images(BATCH), labels);
        };
    return new Evaluator(
            spark,
            "evaluate",
            loader,
            memory,
            List.of("first", "second", "third", "fourth"),
            EXAMPLES)
        .evaluate(network, "evaluation");
  }

  private static INDArray images(int examples) {
    return Nd4j.zeros(DataType.FLOAT, examples, SIDE, SIDE, 3);
  }
}
