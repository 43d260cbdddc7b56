/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.network;

import java.util.Map;
import org.anodespark.jobs.train.SolveStatisticsReader;
import org.anodespark.odelayers.listener.OdeBlocks;
import org.anodespark.odelayers.solver.SolveStatistics;
import org.deeplearning4j.nn.api.Model;

/** Reads the statistics of every ODE block of a network. */
public final class OdeBlockStatistics implements SolveStatisticsReader {
  private static final long serialVersionUID = 1L;

  @Override
  public Map<String, SolveStatistics> read(Model model) {
    return OdeBlocks.statistics(model);
  }
}
