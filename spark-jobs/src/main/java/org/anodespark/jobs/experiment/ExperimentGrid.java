/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anodespark.jobs.config.ExperimentSettings;
import org.anodespark.jobs.config.ResolvedSettings;
import org.anodespark.jobs.config.SettingsLoader;
import org.anodespark.jobs.config.Variant;
import org.anodespark.jobs.failure.JobFailure;

/** All cells of an experiment: each method on each network with each seed. */
final class ExperimentGrid {
  private static final Variant ONLY_NETWORK = new Variant("", "{}");

  private ExperimentGrid() {}

  /**
   * The cells, in the order of seeds, then of networks, then of methods: what is to be compared is
   * trained next to each other.
   *
   * @param base the settings of the experiment; {@code run.dir} is filled in
   * @throws JobFailure with exit code 2 if there is nothing to compare, or the settings of a cell
   *     are no settings of a training
   */
  static List<PlannedCell> of(ResolvedSettings base) {
    ExperimentSettings experiment = base.settings().experiment();
    if (experiment.methods().isEmpty() || experiment.seeds().isEmpty()) {
      throw JobFailure.badConfiguration(
          "experiment.%s is empty: expected what is to be compared, as conf/experiments has it, e.g. --conf conf/experiments/spiral-ode.conf."
              .formatted(experiment.methods().isEmpty() ? "methods" : "seeds"));
    }
    List<Variant> networks =
        experiment.networks().isEmpty() ? List.of(ONLY_NETWORK) : experiment.networks();
    List<PlannedCell> cells = new ArrayList<>();
    Map<String, Cell> names = new HashMap<>();
    for (int seed : experiment.seeds()) {
      for (Variant network : networks) {
        for (Variant method : experiment.methods()) {
          Cell cell = new Cell(network.name(), method.name(), seed);
          Cell other = names.put(cell.name(), cell);
          if (other != null) {
            throw JobFailure.badConfiguration(
                "experiment.networks and experiment.methods name two trainings %s (%s on %s, and %s on %s): expected names that differ when they are put together; change one of them."
                    .formatted(
                        cell.name(),
                        other.method(),
                        other.network(),
                        cell.method(),
                        cell.network()));
          }
          cells.add(
              new PlannedCell(
                  cell,
                  SettingsLoader.vary(
                      base,
                      List.of(network, method),
                      Map.of("seed", seed, "run.dir", directory(base, cell)))));
        }
      }
    }
    return cells;
  }

  private static String directory(ResolvedSettings base, Cell cell) {
    return base.settings().run().dir() + "/cells/" + cell.name();
  }
}
