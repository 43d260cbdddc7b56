/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.listener;

import java.util.Map;
import org.anodespark.odelayers.solver.SolveStatistics;

/** Receives what the ODE blocks of a network counted in one iteration of its training. */
@FunctionalInterface
public interface SolveStatisticsConsumer {
  /**
   * Called after the parameters were updated, in the thread that trains.
   *
   * @param iteration index of the iteration, from 0
   * @param epoch index of the epoch, from 0
   * @param statistics by name of the block, in network order
   */
  void accept(int iteration, int epoch, Map<String, SolveStatistics> statistics);
}
