/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.anodespark.jobs.executor.SparkWork;
import org.anodespark.jobs.executor.TaskMemory;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.plan.EvaluationPlan;
import org.anodespark.jobs.plan.Minibatch;
import org.anodespark.jobs.testing.Latches;
import org.anodespark.jobs.testing.LocalSpark;
import org.anodespark.jobs.testing.TinyData;
import org.anodespark.jobs.testing.TinyNetworks;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Nesterovs;

class EvaluatorTest {
  private static final EvaluationPlan PLAN = EvaluationPlan.inOrder(1003, 50);
  private static final List<String> DESCRIPTORS =
      PLAN.minibatches().stream().map(TinyData::describe).toList();

  private static JavaSparkContext spark;

  @BeforeAll
  static void startSpark() {
    spark = LocalSpark.start("local[6]");
  }

  @AfterAll
  static void stopSpark() {
    spark.close();
  }

  @Test
  void theAccuracyIsThatOfALocalEvaluationOfEveryExample() {
    ComputationGraph network = TinyNetworks.batchNormalised(new Nesterovs(0.1));
    Evaluation local = new Evaluation();
    for (Minibatch minibatch : PLAN.minibatches()) {
      DataSet data = TinyData.of(minibatch.examples());
      local.eval(data.getLabels(), network.outputSingle(data.getFeatures()));
    }

    double accuracy =
        new Evaluator(spark, "evaluate", new TinyData(), TaskMemory.UNLIMITED, DESCRIPTORS, 1003)
            .evaluate(network, "test")
            .accuracy();

    assertThat(accuracy).isEqualTo(local.accuracy()).isBetween(0.1, 0.9);
  }

  @Test
  void everyFigureHasTheBitsOfOnePassInOrder() {
    ComputationGraph network = TinyNetworks.batchNormalised(new Nesterovs(0.1));
    List<Outcomes> inOrder =
        PLAN.minibatches().stream()
            .map(
                minibatch -> {
                  DataSet data = TinyData.of(minibatch.examples());
                  return Outcomes.of(data.getLabels(), network.outputSingle(data.getFeatures()));
                })
            .toList();

    Classification result =
        new Evaluator(spark, "evaluate", new TinyData(), TaskMemory.UNLIMITED, DESCRIPTORS, 1003)
            .evaluate(network, "test");

    assertThat(result).isEqualTo(Classification.of(inOrder));
  }

  @Test
  void aProbabilityThatIsNoNumberIsAFailureOfTheModel() {
    TinyData.poison(17);
    try {
      Evaluator evaluator =
          new Evaluator(spark, "evaluate", new TinyData(), TaskMemory.UNLIMITED, DESCRIPTORS, 1003);
      ComputationGraph network = TinyNetworks.dense(new Nesterovs(0.1));
      assertThatThrownBy(() -> SparkWork.run("It", () -> evaluator.evaluate(network, "evaluation")))
          .isInstanceOfSatisfying(
              JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DIVERGED))
          .hasMessageStartingWith("The network gives a probability that is not a number");
    } finally {
      TinyData.heal();
    }
  }

  /** For each minibatch: opened when it is loaded. */
  private static final Map<String, CountDownLatch> LOADED =
      DESCRIPTORS.stream().collect(Collectors.toMap(path -> path, path -> new CountDownLatch(1)));

  /** Is used only when another minibatch is loaded. */
  private static final class UsedAfter extends DataSet {
    private static final long serialVersionUID = 1L;

    private final String other;

    UsedAfter(String other, DataSet data) {
      super(data.getFeatures(), data.getLabels());
      this.other = other;
    }

    @Override
    public INDArray getFeatures() {
      Latches.await(LOADED.get(other));
      return super.getFeatures();
    }
  }

  @Test
  void theNextMinibatchIsLoadedWhileOneIsUsed() {
    // 12 minibatches in 6 tasks
    List<String> descriptors = DESCRIPTORS.subList(0, 12);
    Map<String, String> following =
        IntStream.range(0, 6)
            .boxed()
            .collect(
                Collectors.toMap(
                    task -> descriptors.get(2 * task), task -> descriptors.get(2 * task + 1)));
    DataSetLoader loader =
        source -> {
          DataSet minibatch = new TinyData().load(source);
          LOADED.get(source.getPath()).countDown();
          String next = following.get(source.getPath());
          return next == null ? minibatch : new UsedAfter(next, minibatch);
        };

    double accuracy =
        new Evaluator(spark, "evaluate", loader, TaskMemory.UNLIMITED, descriptors, 600)
            .evaluate(TinyNetworks.dense(new Nesterovs(0.1)), "test")
            .accuracy();

    assertThat(accuracy).isBetween(0.1, 0.9);
  }

  @Test
  void anExampleTooFewIsADefect() {
    ComputationGraph network = TinyNetworks.dense(new Nesterovs(0.1));

    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                new Evaluator(
                        spark,
                        "evaluate",
                        new TinyData(),
                        TaskMemory.UNLIMITED,
                        DESCRIPTORS.subList(1, 5),
                        1003)
                    .evaluate(network, "evaluation after epoch 1"))
        .withMessage("evaluation after epoch 1: 200 examples evaluated, 1003 planned");
  }
}
