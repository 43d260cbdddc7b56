/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.block;

import java.util.function.BiFunction;
import org.anodespark.odelayers.evolution.BoundedEvolution;
import org.anodespark.odelayers.evolution.GaussianConvolution;
import org.anodespark.odelayers.evolution.ReactionDiffusionAdvection;
import org.anodespark.odelayers.layer.WeightEvolution;
import org.anodespark.odelayers.solver.rungekutta.ExplicitRungeKutta;

/** What {@code model.block.evolution.kind} may be. */
public final class WeightEvolutions {
  /** Weights are the same at all times. */
  public static final String NONE = "none";

  /** What each name stands for, given the method and the number of steps where there are any. */
  public static final Choices<BiFunction<ExplicitRungeKutta, Integer, WeightEvolution>> CHOICES =
      Choices.<BiFunction<ExplicitRungeKutta, Integer, WeightEvolution>>none()
          .and(NONE, (method, steps) -> null)
          .and("gaussian", (method, steps) -> new GaussianConvolution())
          .and("reaction-diffusion-advection", (method, steps) -> new ReactionDiffusionAdvection())
          .and("bounded", BoundedEvolution::new);

  private WeightEvolutions() {}

  /**
   * The evolution of this name.
   *
   * @param name any but {@link #NONE}
   * @param solver one of {@link StepMethods#EXPLICIT_RUNGE_KUTTA}
   * @param steps at least 1
   * @throws IllegalArgumentException if there is none
   */
  public static WeightEvolution of(String name, String solver, int steps) {
    return CHOICES.get(name).apply(StepMethods.EXPLICIT_RUNGE_KUTTA.get(solver).get(), steps);
  }
}
