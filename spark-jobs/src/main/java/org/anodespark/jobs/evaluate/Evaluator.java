/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.evaluate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.anodespark.jobs.data.NamedSource;
import org.anodespark.jobs.data.PrefetchingLoader;
import org.anodespark.jobs.executor.SentNetwork;
import org.anodespark.jobs.executor.TaskMemory;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Holds a network's outputs against the right classes of a split of the data, on the executors. The
 * outcomes are put together in the order of the minibatches, so that every figure has the same bits
 * whatever the number of executors and tasks.
 */
public final class Evaluator {
  private final JavaSparkContext spark;
  private final String group;
  private final PrefetchingLoader loader;
  private final TaskMemory memory;
  private final List<String> descriptors;
  private final int examples;

  /**
   * Makes an evaluator.
   *
   * @param group of Spark's jobs, by which they can be cancelled
   * @param loader makes data sets from descriptors, as {@link PrefetchingLoader} asks for
   * @param memory of the tasks
   * @param descriptors one per minibatch of the split, in order, at least one
   * @param examples how many there are in all minibatches
   */
  public Evaluator(
      JavaSparkContext spark,
      String group,
      DataSetLoader loader,
      TaskMemory memory,
      List<String> descriptors,
      int examples) {
    this.spark = spark;
    this.group = group;
    this.loader = new PrefetchingLoader(loader);
    this.memory = memory;
    this.descriptors = List.copyOf(descriptors);
    this.examples = examples;
  }

  /**
   * Evaluates every example once.
   *
   * @param network with one input, and one output {@code [N, classes]} of probabilities
   * @param description what Spark's pages show
   * @throws IllegalStateException when not every example was evaluated once
   * @throws org.anodespark.jobs.failure.JobFailure with exit code 4, on an executor, for a
   *     probability that is not a number
   */
  public Classification evaluate(ComputationGraph network, String description) {
    int tasks = Math.min(descriptors.size(), spark.defaultParallelism());
    spark.setJobGroup(group, description, true);
    List<Outcomes> outcomes;
    // the same object as that of the RDD, see PrefetchingLoader
    PrefetchingLoader ofTasks = loader;
    try (SentNetwork sent = SentNetwork.send(spark, network)) {
      outcomes =
          ofTasks
              .announced(memory.around(spark.parallelize(descriptors, tasks)))
              .mapPartitions(paths -> outcomes(paths, ofTasks, sent))
              .collect();
    } finally {
      spark.clearJobGroup();
    }
    Classification classification = Classification.of(outcomes);
    if (classification.examples() != examples) {
      throw new IllegalStateException(
          "%s: %d examples evaluated, %d planned"
              .formatted(description, classification.examples(), examples));
    }
    return classification;
  }

  private static Iterator<Outcomes> outcomes(
      Iterator<String> paths, PrefetchingLoader loader, SentNetwork sent) throws IOException {
    List<Outcomes> outcomes = new ArrayList<>();
    try (SentNetwork.OpenedNetwork network = sent.open()) {
      while (paths.hasNext()) {
        DataSet minibatch = loader.load(new NamedSource(paths.next()));
        outcomes.add(Outcomes.of(minibatch.getLabels(), network.output(minibatch.getFeatures())));
      }
    }
    return outcomes.iterator();
  }
}
