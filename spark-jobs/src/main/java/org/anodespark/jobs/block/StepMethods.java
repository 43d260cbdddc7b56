/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.block;

import java.util.function.Supplier;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.implicit.BackwardEuler;
import org.anodespark.odelayers.solver.implicit.CrankNicolson;
import org.anodespark.odelayers.solver.reversible.AsynchronousLeapfrog;
import org.anodespark.odelayers.solver.reversible.ReversibleHeun;
import org.anodespark.odelayers.solver.rungekutta.BogackiShampine;
import org.anodespark.odelayers.solver.rungekutta.ClassicRungeKutta;
import org.anodespark.odelayers.solver.rungekutta.DormandPrince;
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.anodespark.odelayers.solver.rungekutta.ExplicitMidpoint;
import org.anodespark.odelayers.solver.rungekutta.ExplicitRungeKutta;
import org.anodespark.odelayers.solver.rungekutta.Heun;
import org.anodespark.odelayers.solver.rungekutta.HeunEuler;
import org.anodespark.odelayers.solver.rungekutta.KuttaThirdOrder;
import org.anodespark.odelayers.solver.rungekutta.Ralston;
import org.anodespark.odelayers.solver.rungekutta.ThreeEighthsRule;
import org.anodespark.odelayers.solver.rungekutta.Tsitouras;

/** What {@code model.block.solver} may be. */
public final class StepMethods {
  /** A new explicit Runge-Kutta method for each name. */
  public static final Choices<Supplier<ExplicitRungeKutta>> EXPLICIT_RUNGE_KUTTA =
      Choices.<Supplier<ExplicitRungeKutta>>none()
          .and("euler", Euler::new)
          .and("midpoint", ExplicitMidpoint::new)
          .and("heun", Heun::new)
          .and("ralston", Ralston::new)
          .and("kutta3", KuttaThirdOrder::new)
          .and("rk4", ClassicRungeKutta::new)
          .and("three-eighths", ThreeEighthsRule::new)
          .and("heun-euler", HeunEuler::new)
          .and("bogacki-shampine", BogackiShampine::new)
          .and("dormand-prince", DormandPrince::new)
          .and("tsitouras", Tsitouras::new);

  /** A new method for each name. */
  public static final Choices<Supplier<? extends StepMethod>> CHOICES =
      Choices.<Supplier<? extends StepMethod>>none()
          .andAll(EXPLICIT_RUNGE_KUTTA)
          .and("leapfrog", AsynchronousLeapfrog::new)
          .and("reversible-heun", ReversibleHeun::new)
          .and("backward-euler", BackwardEuler::new)
          .and("crank-nicolson", CrankNicolson::new);

  private StepMethods() {}
}
