/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.contender;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anodespark.benchmarks.problem.Facts;
import org.anodespark.benchmarks.problem.TrainProblem;
import org.anodespark.benchmarks.process.Workload;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;

/** Trains networks on random images by {@code ComputationGraph.fit}. */
abstract class NetworkTraining implements Workload<TrainProblem> {
  private static final int MINIBATCHES = 4;
  private static final long SEED = 1;
  private static final double LEARNING_RATE = 0.01;
  private static final double MOMENTUM = 0.9;

  private final Map<String, ComputationGraph> networks = new LinkedHashMap<>();
  private List<DataSet> minibatches = List.of();
  private int iterations;

  @Override
  public final Class<TrainProblem> problemType() {
    return TrainProblem.class;
  }

  /**
   * Takes over what is to be trained.
   *
   * @param imageShape of a minibatch
   * @param variants the networks by name
   */
  final void train(
      TrainProblem problem, long[] imageShape, Map<String, ComputationGraph> variants) {
    networks.clear();
    networks.putAll(variants);
    networks.values().forEach(ComputationGraph::init);
    iterations = problem.iterations();
    Nd4j.getRandom().setSeed(SEED);
    minibatches = new ArrayList<>();
    for (int i = 0; i < MINIBATCHES; i++) {
      INDArray labels = Nd4j.zeros(DataType.FLOAT, problem.batch(), TrainProblem.CLASSES);
      for (int example = 0; example < problem.batch(); example++) {
        labels.putScalar(example, (example + i) % TrainProblem.CLASSES, 1.0);
      }
      minibatches.add(new DataSet(Nd4j.randn(DataType.FLOAT, imageShape), labels));
    }
  }

  /** What all networks have in common. */
  static NeuralNetConfiguration.Builder base() {
    return new NeuralNetConfiguration.Builder()
        .seed(SEED)
        .dataType(DataType.FLOAT)
        .updater(new Nesterovs(LEARNING_RATE, MOMENTUM));
  }

  @Override
  public final Map<String, Double> facts(String variant) {
    return Map.of(Facts.PARAMETERS, (double) networks.get(variant).numParams());
  }

  @Override
  public final double run(String variant) {
    ComputationGraph network = networks.get(variant);
    long before = System.nanoTime();
    for (int i = 0; i < iterations; i++) {
      network.fit(minibatches.get(i % MINIBATCHES));
    }
    return (System.nanoTime() - before) * 1e-9;
  }
}
