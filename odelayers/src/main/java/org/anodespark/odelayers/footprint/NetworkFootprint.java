/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.footprint;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * The native memory that a network takes, as a function of the examples in a minibatch.
 *
 * <p>Not in it: the minibatch itself, and what an operation of ND4J allocates for itself while it
 * runs. With adaptive steps an ODE block keeps as many steps as the measured minibatches need;
 * where training needs more, strategies that keep all steps take more.
 */
public final class NetworkFootprint {
  private final SizedFootprint training;
  private final SizedFootprint prediction;

  private NetworkFootprint(SizedFootprint training, SizedFootprint prediction) {
    this.training = training;
    this.prediction = prediction;
  }

  /**
   * Measures a copy of the network on a thread of its own, whose memory is freed at the end; takes
   * about as long as three updates with {@value SizedFootprint#FEW_EXAMPLES} and with {@value
   * SizedFootprint#MORE_EXAMPLES} examples.
   *
   * @param network initialised; it stays as it is
   * @param minibatches makes a minibatch of so many examples, with labels, on the calling thread;
   *     its content matters only to blocks with adaptive steps
   * @throws RuntimeException as thrown by the network, e.g. when a solve runs away
   * @throws IllegalStateException if the calling thread is interrupted
   */
  public static NetworkFootprint measure(
      ComputationGraph network, IntFunction<? extends MultiDataSet> minibatches) {
    MultiDataSet few = minibatches.apply(SizedFootprint.FEW_EXAMPLES);
    MultiDataSet more = minibatches.apply(SizedFootprint.MORE_EXAMPLES);
    return rehearsed(
        network,
        rehearsal ->
            new NetworkFootprint(
                new SizedFootprint(rehearsal.training(few), rehearsal.training(more)),
                prediction(rehearsal, few.getFeatures(), more.getFeatures())));
  }

  /**
   * As {@link #measure}, for a network that is only to predict.
   *
   * @param inputs makes an input of so many examples, on the calling thread
   */
  public static SizedFootprint measurePrediction(
      ComputationGraph network, IntFunction<INDArray> inputs) {
    INDArray few = inputs.apply(SizedFootprint.FEW_EXAMPLES);
    INDArray more = inputs.apply(SizedFootprint.MORE_EXAMPLES);
    return rehearsed(network, rehearsal -> prediction(rehearsal, few, more));
  }

  private static SizedFootprint prediction(Rehearsal rehearsal, INDArray few, INDArray more) {
    return prediction(rehearsal, new INDArray[] {few}, new INDArray[] {more});
  }

  private static SizedFootprint prediction(Rehearsal rehearsal, INDArray[] few, INDArray[] more) {
    return new SizedFootprint(rehearsal.prediction(few), rehearsal.prediction(more));
  }

  private static <T> T rehearsed(ComputationGraph network, Function<Rehearsal, T> measures) {
    FutureTask<T> measurement =
        new FutureTask<>(
            () -> {
              try (Rehearsal rehearsal = new Rehearsal(network)) {
                return measures.apply(rehearsal);
              }
            });
    Thread thread = new Thread(measurement, "network-footprint");
    thread.start();
    try {
      // the thread too: what belongs to it is free then
      thread.join();
      return measurement.get();
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a network was measured", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      // nothing in the task throws a checked exception
      throw (RuntimeException) e.getCause();
    }
  }

  /**
   * While it trains: forward pass, backward pass and update.
   *
   * @param examples in a minibatch, at least 1
   */
  public Footprint training(int examples) {
    return training.at(examples);
  }

  /** While it predicts. The parameters are those that {@link #training} counts too. */
  public SizedFootprint prediction() {
    return prediction;
  }
}
