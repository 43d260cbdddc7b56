/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.io.Serializable;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;

/**
 * Reads what a network counted during its last parameter update, on the executor that made it: for
 * an ODE block, evaluations of the vector field and the like.
 */
@FunctionalInterface
public interface ModelCounters extends Serializable {
  /** For networks that count nothing. */
  ModelCounters NONE = model -> Map.of();

  /**
   * Counts of the last update.
   *
   * @return block name to counter name to count; counts of several updates are added up
   */
  Map<String, Map<String, Long>> read(Model model);
}
