/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.anodespark.jobs.plan.Minibatch;
import org.anodespark.jobs.plan.Round;
import org.anodespark.jobs.plan.WorkerShare;
import org.anodespark.jobs.testing.TinyData;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Trains {@link TinyData} without Spark, one minibatch after the other. */
class LocalTrainingWork implements TrainingWork {
  @Override
  public RoundReport train(ComputationGraph network, Round round) {
    ComputationGraphConfiguration configuration = network.getConfiguration();
    int iteration = configuration.getIterationCount();
    int epochs = configuration.getEpochCount();
    List<MinibatchRecord> records = new ArrayList<>();
    for (WorkerShare share : round.shares()) {
      for (Minibatch minibatch : share.minibatches()) {
        network.fit(TinyData.of(minibatch.examples()));
        records.add(
            new MinibatchRecord(
                share.worker(),
                iteration,
                "1",
                "host",
                minibatch.size(),
                1,
                0,
                0,
                network.score(),
                1,
                "kernels",
                "cpu",
                Map.of()));
      }
    }
    configuration.setIterationCount(iteration + round.iterations());
    configuration.setEpochCount(epochs);
    double learningRate =
        Optimizers.learningRate(network, iteration + round.iterations() - 1, epochs);
    return RoundReport.of(round, iteration, learningRate, records, new RoundTimes(1, 0, 0), 2);
  }

  @Override
  public double testAccuracy(ComputationGraph network, String description) {
    return 1 / (1 + network.score(TinyData.of(List.of(1000, 1001, 1002, 1003))));
  }

  @Override
  public OptionalDouble validationAccuracy(ComputationGraph network, String description) {
    return OptionalDouble.empty();
  }

  @Override
  public boolean sparkStopped() {
    return false;
  }
}
