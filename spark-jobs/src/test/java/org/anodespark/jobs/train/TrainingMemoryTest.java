/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.anodespark.jobs.config.AveragingSettings;
import org.anodespark.jobs.executor.ArrayLimit;
import org.anodespark.jobs.executor.NativeMemoryNeed;
import org.anodespark.jobs.plan.TrainingPlan;
import org.anodespark.jobs.testing.TinyData;
import org.anodespark.jobs.testing.TinyNetworks;
import org.anodespark.odelayers.footprint.Footprint;
import org.anodespark.odelayers.footprint.NetworkFootprint;
import org.anodespark.odelayers.memory.ArrayPool;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;

class TrainingMemoryTest {
  private static final int EXAMPLE_BYTES = (TinyData.INPUTS + TinyData.CLASSES) * Float.BYTES;
  private static final NetworkFootprint FOOTPRINT =
      NetworkFootprint.measure(
          TinyNetworks.ode(new Nesterovs(0.1), DataType.FLOAT),
          examples -> TinyData.of(IntStream.range(0, examples).boxed().toList()).toMultiDataSet());

  @Test
  void aTaskTakesItsNetworkItsBuffersAndThreeMinibatches() {
    Footprint training = FOOTPRINT.training(100);
    assertThat(need(new TrainingPlan(7, 400, 1, 100, 2, 2), 10, 10).arrays())
        .isEqualTo(training.total() - training.workspaces() + 3 * 100 * EXAMPLE_BYTES);
  }

  @Test
  void aShorterMinibatchTakesBuffersOfItsOwnBesideTheOthersOfItsShare() {
    long without = need(new TrainingPlan(7, 400, 1, 100, 2, 2), 10, 10).arrays();
    long together = need(new TrainingPlan(7, 430, 1, 100, 1, 5), 10, 10).arrays();
    long alone = need(new TrainingPlan(7, 430, 1, 100, 1, 1), 10, 10).arrays();

    assertThat(together - without)
        .isEqualTo(FOOTPRINT.training(30).buffers() + FOOTPRINT.training(30).scratch());
    assertThat(alone).isEqualTo(without);
  }

  @Test
  void anEvaluationWithLargeMinibatchesMayTakeMore() {
    TrainingPlan plan = new TrainingPlan(7, 40, 1, 2, 2, 2);
    Footprint prediction = FOOTPRINT.prediction().at(900);
    NativeMemoryNeed need = need(plan, 1800, 900);
    assertThat(need.arrays())
        .isEqualTo(
            prediction.parameters()
                + prediction.buffers()
                + prediction.scratch()
                + 3 * 900 * EXAMPLE_BYTES);
    assertThat(need.workspaces()).isEqualTo(prediction.workspaces());
  }

  @Test
  void minibatchesAreNoLargerThanTheData() {
    TrainingPlan plan = new TrainingPlan(7, 400, 1, 100, 2, 2);
    assertThat(need(plan, 50, 5000)).isEqualTo(need(plan, 50, 50));
    assertThat(need(new TrainingPlan(7, 100, 1, 5000, 2, 2), 50, 50).arrays())
        .isEqualTo(need(new TrainingPlan(7, 100, 1, 100, 2, 2), 50, 50).arrays());
  }

  @Test
  void theDriverTakesTheParametersOfEveryWorker() {
    long ofTwo = need(new TrainingPlan(7, 400, 1, 10, 2, 2), 50, 50).driver();
    long ofTen = need(new TrainingPlan(7, 400, 1, 10, 10, 2), 50, 50).driver();
    Footprint training = FOOTPRINT.training(10);
    assertThat(ofTen - ofTwo).isEqualTo(8 * (training.parameters() + training.updaterState()));
  }

  @Test
  void anOuterOptimiserTakesItsVelocity() {
    Footprint training = FOOTPRINT.training(10);

    assertThat(driver("ordered", 0.9, 10) - driver("ordered", 0, 10))
        .isEqualTo(2 * training.parameters());
    assertThat(driver("tree", 0.9, 10)).isGreaterThan(driver("tree", 0, 10));
  }

  @Test
  void aTreeTakesTheSameForAnyNumberOfWorkers() {
    assertThat(driver("tree", 0, 100)).isEqualTo(driver("tree", 0, 2));
    assertThat(driver("tree", 0, 100)).isLessThan(driver("ordered", 0, 100));
  }

  @Test
  void anOuterStepFitsIntoWhatIsForeseen() {
    long bytes = 16L << 20;
    INDArray before = Nd4j.ones(DataType.FLOAT, bytes / Float.BYTES);
    INDArray average = Nd4j.zeros(DataType.FLOAT, bytes / Float.BYTES);
    try {
      limitTo(TrainingMemory.velocity(bytes) + TrainingMemory.outerStep(bytes));
      OuterOptimizer outer = new OuterOptimizer(0.5, 1);
      outer.step(before, average).close();
      // velocity 1, then 1.5, then 1.75
      outer.step(before, average).close();
      assertThat(outer.step(before, average).getDouble(0)).isEqualTo(1 - (1 + 0.5 * 1.75));
      assertThat(ArrayPool.bytes(outer.velocity().orElseThrow()))
          .isEqualTo(TrainingMemory.velocity(bytes));

      // of all arrays: room for these two and a velocity, but not for the step
      ArrayLimit.set(2 * bytes + TrainingMemory.velocity(bytes));
      assertThatThrownBy(() -> new OuterOptimizer(0.5, 1).step(before, average))
          .matches(ArrayLimit::wasReachedIn);
    } finally {
      ArrayLimit.set(ArrayLimit.NONE);
    }
  }

  /** Of arrays beside those that are there. */
  private static void limitTo(long bytes) {
    ArrayLimit.set(Nd4j.getEnvironment().getDeviceCouner(0) + bytes);
  }

  private static NativeMemoryNeed need(
      TrainingPlan plan, int testExamples, int evaluationBatchSize) {
    return need(plan, testExamples, evaluationBatchSize, averaging("ordered", 0));
  }

  private static NativeMemoryNeed need(
      TrainingPlan plan, int testExamples, int evaluationBatchSize, AveragingSettings averaging) {
    return TrainingMemory.need(
        FOOTPRINT, EXAMPLE_BYTES, plan, testExamples, evaluationBatchSize, averaging);
  }

  private static long driver(String merge, double momentum, int workers) {
    return need(new TrainingPlan(7, 400, 1, 10, workers, 2), 50, 50, averaging(merge, momentum))
        .driver();
  }

  private static AveragingSettings averaging(String merge, double momentum) {
    return new AveragingSettings(2, 2, 0, 1, merge, momentum, 1, 4, 0);
  }
}
