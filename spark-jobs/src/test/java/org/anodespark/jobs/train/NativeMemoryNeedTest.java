/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.anodespark.jobs.plan.TrainingPlan;
import org.anodespark.jobs.testing.TinyData;
import org.anodespark.jobs.testing.TinyNetworks;
import org.anodespark.odelayers.footprint.Footprint;
import org.anodespark.odelayers.footprint.NetworkFootprint;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Nesterovs;

class NativeMemoryNeedTest {
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
    Footprint prediction = FOOTPRINT.prediction(900);
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

  private static NativeMemoryNeed need(
      TrainingPlan plan, int testExamples, int evaluationBatchSize) {
    return NativeMemoryNeed.of(FOOTPRINT, EXAMPLE_BYTES, plan, testExamples, evaluationBatchSize);
  }
}
