/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

import java.util.Optional;
import org.anodespark.jobs.block.EvolutionTimings;
import org.anodespark.jobs.block.StepMethods;
import org.anodespark.jobs.block.WeightEvolutions;
import org.anodespark.odelayers.network.OdeBlockSettings.Evolution;

/**
 * Section {@code model.block.evolution}.
 *
 * @param kind one of {@link WeightEvolutions}
 * @param timing one of {@link EvolutionTimings}
 * @param solver one of {@link StepMethods#EXPLICIT_RUNGE_KUTTA}
 * @param steps of the weights from t = 0 to t = 1, at least 1
 */
public record EvolutionSettings(String kind, String timing, String solver, int steps) {
  static EvolutionSettings from(SettingReader reader) {
    return new EvolutionSettings(
        reader.choice("model.block.evolution.kind", WeightEvolutions.CHOICES.names()),
        reader.choice("model.block.evolution.timing", EvolutionTimings.CHOICES.names()),
        reader.choice("model.block.evolution.solver", StepMethods.EXPLICIT_RUNGE_KUTTA.names()),
        reader.wholeNumber("model.block.evolution.steps", 1));
  }

  /** What the settings stand for; empty if weights are the same at all times. */
  public Optional<Evolution> setup() {
    return kind.equals(WeightEvolutions.NONE)
        ? Optional.empty()
        : Optional.of(
            new Evolution(WeightEvolutions.of(kind, solver, steps), EvolutionTimings.of(timing)));
  }
}
