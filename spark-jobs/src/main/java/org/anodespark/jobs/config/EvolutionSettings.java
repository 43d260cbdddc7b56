/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

import org.anodespark.jobs.block.EvolutionTimings;
import org.anodespark.jobs.block.StepMethods;
import org.anodespark.jobs.block.WeightEvolutions;

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

  /** Whether weights change with time. */
  public boolean any() {
    return !kind.equals(WeightEvolutions.NONE);
  }
}
