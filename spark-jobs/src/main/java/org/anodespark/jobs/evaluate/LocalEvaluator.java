/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.anodespark.jobs.data.NamedSource;
import org.anodespark.jobs.executor.Probabilities;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.DataSet;

/** Does what {@link Evaluator} does, with the same bits, in the thread that asks for it. */
public final class LocalEvaluator {
  private final DataSetLoader loader;
  private final List<String> descriptors;

  /**
   * Makes an evaluator.
   *
   * @param loader makes data sets from descriptors
   * @param descriptors one per minibatch of the split, in order, at least one
   */
  public LocalEvaluator(DataSetLoader loader, List<String> descriptors) {
    this.loader = loader;
    this.descriptors = List.copyOf(descriptors);
  }

  /**
   * Evaluates every example once.
   *
   * @param network with one input, and one output {@code [N, classes]} of probabilities
   * @param afterEach is given the network after each minibatch
   * @throws org.anodespark.jobs.failure.JobFailure with exit code 4 for a probability that is not a
   *     number
   * @throws java.io.UncheckedIOException if a minibatch cannot be loaded
   */
  public Classification evaluate(ComputationGraph network, Consumer<ComputationGraph> afterEach) {
    List<Outcomes> outcomes = new ArrayList<>();
    for (String descriptor : descriptors) {
      DataSet minibatch = NamedSource.load(loader, descriptor);
      outcomes.add(
          Outcomes.of(minibatch.getLabels(), Probabilities.of(network, minibatch.getFeatures())));
      afterEach.accept(network);
    }
    return Classification.of(outcomes);
  }
}
