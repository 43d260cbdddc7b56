/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.footprint;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.IntFunction;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * The native memory that a network takes, as a function of the examples in a minibatch. Arrays are
 * as long as the minibatch or do not depend on it, so two small minibatches tell of all others.
 * Only scratch memory of kernels is not that simple, and is estimated generously.
 *
 * <p>Not in it: the minibatch itself, and what an operation of ND4J allocates for itself while it
 * runs. With adaptive steps an ODE block keeps as many steps as the measured minibatches need;
 * where training needs more, strategies that keep all steps take more.
 */
public final class NetworkFootprint {
  static final int FEW_EXAMPLES = 4;
  static final int MORE_EXAMPLES = 8;

  private static final double SCRATCH_RESERVE = 2;

  private final Footprint trainingWithFew;
  private final Footprint trainingWithMore;
  private final Footprint predictionWithFew;
  private final Footprint predictionWithMore;

  private NetworkFootprint(Rehearsal rehearsal, MultiDataSet few, MultiDataSet more) {
    trainingWithFew = rehearsal.training(few);
    trainingWithMore = rehearsal.training(more);
    predictionWithFew = rehearsal.prediction(few);
    predictionWithMore = rehearsal.prediction(more);
  }

  /**
   * Measures a copy of the network on a thread of its own, whose memory is freed at the end; takes
   * about as long as three updates with {@value #FEW_EXAMPLES} and with {@value #MORE_EXAMPLES}
   * examples.
   *
   * @param network initialised; it stays as it is
   * @param minibatches makes a minibatch of so many examples, with labels, on the calling thread;
   *     its content matters only to blocks with adaptive steps
   * @throws RuntimeException as thrown by the network, e.g. when a solve runs away
   * @throws IllegalStateException if the calling thread is interrupted
   */
  public static NetworkFootprint measure(
      ComputationGraph network, IntFunction<? extends MultiDataSet> minibatches) {
    MultiDataSet few = minibatches.apply(FEW_EXAMPLES);
    MultiDataSet more = minibatches.apply(MORE_EXAMPLES);
    FutureTask<NetworkFootprint> measurement =
        new FutureTask<>(
            () -> {
              try (Rehearsal rehearsal = new Rehearsal(network)) {
                return new NetworkFootprint(rehearsal, few, more);
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
    return at(examples, trainingWithFew, trainingWithMore);
  }

  /**
   * While it predicts. The parameters are those that {@link #training} counts too.
   *
   * @param examples in a minibatch, at least 1
   */
  public Footprint prediction(int examples) {
    return at(examples, predictionWithFew, predictionWithMore);
  }

  private static Footprint at(int examples, Footprint few, Footprint more) {
    return new Footprint(
        at(examples, few.parameters(), more.parameters()),
        at(examples, few.gradients(), more.gradients()),
        at(examples, few.updaterState(), more.updaterState()),
        at(examples, few.workspaces(), more.workspaces()),
        at(examples, few.buffers(), more.buffers()),
        scratchAt(examples, few.scratch(), more.scratch()));
  }

  private static long at(int examples, long few, long more) {
    return more + (long) Math.ceil(slope(few, more) * (examples - MORE_EXAMPLES));
  }

  /**
   * Kernels share their work out over threads in another way where there is more of it, so their
   * scratch memory grows by jumps, and shrinks by others. Twice what is seen is above what was
   * found for up to 250 examples and 4 threads.
   */
  private static long scratchAt(int examples, long few, long more) {
    double growth = Math.max(0, slope(few, more)) * Math.max(0, examples - MORE_EXAMPLES);
    return (long) Math.ceil(SCRATCH_RESERVE * Math.max(few, more) + growth);
  }

  private static double slope(long few, long more) {
    return (more - few) / (double) (MORE_EXAMPLES - FEW_EXAMPLES);
  }
}
