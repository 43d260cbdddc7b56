/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.listener;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;

/**
 * Hands out what the solves of every ODE block cost, after every k-th iteration.
 *
 * <pre>{@code
 * network.setListeners(new SolveStatisticsListener(10, new SolveStatisticsLog()));
 * }</pre>
 */
public class SolveStatisticsListener extends BaseTrainingListener {
  private final int every;
  private final SolveStatisticsConsumer consumer;

  /**
   * @param every k, at least 1: iterations 0, k, 2k ... are handed out
   * @param consumer receives the statistics
   * @throws IllegalArgumentException if k is less than 1
   */
  public SolveStatisticsListener(int every, SolveStatisticsConsumer consumer) {
    this.every = Intervals.check(every);
    this.consumer = consumer;
  }

  @Override
  public void iterationDone(Model model, int iteration, int epoch) {
    if (iteration % every == 0) {
      consumer.accept(iteration, epoch, OdeBlocks.statistics(model));
    }
  }
}
