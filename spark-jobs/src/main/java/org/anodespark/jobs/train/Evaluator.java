/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.List;
import org.anodespark.jobs.data.PrefetchingLoader;
import org.anodespark.jobs.executor.TaskMemory;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.nd4j.evaluation.classification.Evaluation;

/** Measures the accuracy of a network over a split of the data, on the executors. */
final class Evaluator {
  private final JavaSparkContext spark;
  private final PrefetchingLoader loader;
  private final TaskMemory memory;
  private final List<String> descriptors;
  private final int examples;
  private final int batchSize;

  /**
   * Makes an evaluator.
   *
   * @param loader makes data sets from descriptors, as {@link PrefetchingLoader} asks for
   * @param memory of the tasks
   * @param descriptors one per minibatch of the split, in order
   * @param examples how many there are in all minibatches
   * @param batchSize examples in a full minibatch
   */
  Evaluator(
      JavaSparkContext spark,
      DataSetLoader loader,
      TaskMemory memory,
      List<String> descriptors,
      int examples,
      int batchSize) {
    this.spark = spark;
    this.loader = new PrefetchingLoader(loader);
    this.memory = memory;
    this.descriptors = List.copyOf(descriptors);
    this.examples = examples;
    this.batchSize = batchSize;
  }

  /**
   * The share of examples whose most probable class is the right one, in [0, 1].
   *
   * @param description what Spark's pages show
   * @throws IllegalStateException when not every example was evaluated once
   */
  double accuracy(ComputationGraph network, String description) {
    int tasks = Math.min(descriptors.size(), spark.defaultParallelism());
    spark.setJobGroup("evaluate", description, true);
    try {
      // with fewer workers than tasks in one process, dl4j-spark can leave a task waiting for ever
      Evaluation evaluation =
          (Evaluation)
              new SparkComputationGraph(spark, network, null)
                  .doEvaluation(
                      loader.announced(memory.around(spark.parallelize(descriptors, tasks))),
                      tasks,
                      batchSize,
                      loader,
                      new Evaluation())[0];
      if (evaluation.getNumRowCounter() != examples) {
        throw new IllegalStateException(
            "%s: %d examples evaluated, %d planned"
                .formatted(description, evaluation.getNumRowCounter(), examples));
      }
      return evaluation.accuracy();
    } finally {
      spark.clearJobGroup();
    }
  }
}
