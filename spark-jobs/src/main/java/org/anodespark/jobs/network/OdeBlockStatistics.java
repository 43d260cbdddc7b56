/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.network;

import java.util.Map;
import java.util.TreeMap;
import org.anodespark.jobs.train.SolveStatisticsReader;
import org.anodespark.odelayers.OdeBlockLayer;
import org.anodespark.odelayers.solver.SolveStatistics;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Reads the statistics of every ODE block of a graph. */
public final class OdeBlockStatistics implements SolveStatisticsReader {
  private static final long serialVersionUID = 1L;

  @Override
  public Map<String, SolveStatistics> read(Model model) {
    Map<String, SolveStatistics> statistics = new TreeMap<>();
    for (Layer layer : ((ComputationGraph) model).getLayers()) {
      if (layer instanceof OdeBlockLayer block) {
        statistics.put(block.conf().getLayer().getLayerName(), block.statistics());
      }
    }
    return statistics;
  }
}
