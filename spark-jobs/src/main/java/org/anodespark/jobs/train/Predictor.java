/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import org.anodespark.jobs.config.Settings;
import org.anodespark.jobs.data.NamedSource;
import org.anodespark.jobs.executor.Probabilities;
import org.anodespark.jobs.model.ModelFile;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A trained network, and examples that it is to classify. */
public final class Predictor {
  private final ComputationGraph network;
  private final INDArray examples;
  private final SolveStatisticsReader statistics;

  private Predictor(ComputationGraph network, INDArray examples, SolveStatisticsReader statistics) {
    this.network = network;
    this.examples = examples;
    this.statistics = statistics;
  }

  /**
   * Reads the network of a run that is over, and the first minibatch of its test split.
   *
   * @param settings of the run
   * @param hadoop where file systems are configured
   * @param statistics reads what the network counted
   * @throws org.anodespark.jobs.failure.JobFailure if one of them cannot be read
   */
  public static Predictor open(
      Settings settings, Configuration hadoop, SolveStatisticsReader statistics) {
    TrainingData data = ShardedTrainingData.open(settings, hadoop, line -> {});
    ComputationGraph network =
        ModelFile.read("run.dir", settings.run().dir(), settings.model().allowedClasses(), hadoop)
            .predictor();
    String first = data.testDescriptors(settings.evaluate().batchSize()).get(0);
    return new Predictor(network, NamedSource.load(data.loader(), first).getFeatures(), statistics);
  }

  /** Classifies the examples. */
  public void predict() {
    Probabilities.of(network, examples);
  }

  /** Evaluations of f that the latest prediction took, in all ODE blocks together. */
  public double evaluations() {
    TestCost.Sum sum = new TestCost.Sum();
    sum.add(statistics.read(network));
    return sum.mean().evaluations();
  }
}
