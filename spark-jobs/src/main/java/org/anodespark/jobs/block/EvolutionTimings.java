/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.block;

import org.anodespark.odelayers.layer.EvolutionTiming;

/** What {@code model.block.evolution.timing} may be. */
public final class EvolutionTimings {
  /** What each name stands for. */
  public static final Choices<EvolutionTiming> CHOICES =
      Choices.<EvolutionTiming>none()
          .and("alongside", EvolutionTiming.ALONGSIDE)
          .and("before", EvolutionTiming.BEFORE);

  private EvolutionTimings() {}

  /**
   * The timing of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static EvolutionTiming of(String name) {
    return CHOICES.get(name);
  }
}
