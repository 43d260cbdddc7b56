/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.io.Serializable;
import java.util.Map;
import org.anodespark.odelayers.solver.SolveStatistics;
import org.deeplearning4j.nn.api.Model;

/** Reads what the ODE blocks of a network counted during its last parameter update. */
@FunctionalInterface
public interface SolveStatisticsReader extends Serializable {
  /** For networks without ODE blocks. */
  SolveStatisticsReader NONE = model -> Map.of();

  /** Statistics of the last update by name of the block. */
  Map<String, SolveStatistics> read(Model model);
}
