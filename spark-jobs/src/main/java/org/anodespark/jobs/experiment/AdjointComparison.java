/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment;

import java.util.List;
import java.util.Map;
import org.anodespark.jobs.config.ResolvedSettings;
import org.anodespark.jobs.config.Settings;
import org.anodespark.jobs.config.SettingsLoader;
import org.anodespark.jobs.executor.Divergence;
import org.anodespark.jobs.train.AdjointErrors;
import org.anodespark.jobs.train.NetworkFactory;
import org.anodespark.jobs.train.SolveStatisticsReader;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.apache.hadoop.conf.Configuration;

/** {@link AdjointErrors} of a cell's strategy. Short, so that a task tried again begins anew. */
final class AdjointComparison implements CellWork {
  private static final long serialVersionUID = 1L;

  /** As {@code model.block.adjoint}: exact whatever the solver, and many steps fit into memory. */
  private static final String EXACT = "step";

  private final NetworkFactory networks;
  private final SolveStatisticsReader statistics;

  /**
   * Makes the work.
   *
   * @param networks builds the network
   * @param statistics reads what it counted
   */
  AdjointComparison(NetworkFactory networks, SolveStatisticsReader statistics) {
    this.networks = networks;
    this.statistics = statistics;
  }

  @Override
  public Map<String, Double> run(ResolvedSettings resolved, Configuration hadoop) {
    Settings settings = resolved.settings();
    Settings exact =
        SettingsLoader.vary(resolved, List.of(), Map.of("model.block.adjoint", EXACT)).settings();
    try {
      return Measures.of(
          new AdjointErrors(
                  settings, settings.experiment().iterations(), hadoop, networks, statistics)
              .of(settings, exact));
    } catch (OdeSolveException e) {
      throw Divergence.causeOf(e, "A solve diverged").orElseThrow(() -> e);
    }
  }
}
