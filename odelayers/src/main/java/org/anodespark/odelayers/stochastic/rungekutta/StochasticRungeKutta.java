/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.stochastic.rungekutta;

import java.io.Serializable;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.solver.MeasurableStepMethod;
import org.anodespark.odelayers.stochastic.noise.BrownianPath;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/**
 * A method for {@code du = f(t, u) dt + g(t, u) dW} with diagonal noise, in the sense of Ito; a
 * subclass names the tableau. A configuration bean: Jackson can write and read it, {@code equals}
 * goes by value. {@linkplain #along Along a path}, f in hand, it is an ordinary step method.
 *
 * <p>Strong orders hold for noise that is diagonal in the strict sense, where entry i of g depends
 * on no entry of u but the i-th, or on none. For other g every method here converges with strong
 * order 0.5, because entries of different noises then meet in iterated integrals that no method
 * here sees.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
public abstract class StochasticRungeKutta implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The coefficients; the same object at each call. */
  abstract StochasticTableau tableau();

  /** The order in the root mean square of the error at the end, path by path. */
  public final double strongOrder() {
    return tableau().strongOrder();
  }

  /** Evaluations of f in one step. */
  public final int driftEvaluations() {
    return tableau().driftEvaluations();
  }

  /** Evaluations of g in one step. */
  public final int diffusionEvaluations() {
    return tableau().diffusionEvaluations();
  }

  /** Whether each step has an estimate of its error. */
  public final boolean estimatesError() {
    return tableau().estimatesError();
  }

  /**
   * Whether the last two evaluations of f in a step take place at its end, so that their difference
   * tells of the stiffness there.
   */
  public final boolean estimatesStiffness() {
    return tableau().estimatesStiffness();
  }

  /**
   * The method along one path: its steps are determined by their times, so that everything that
   * solves ordinary differential equations, exact adjoint strategies among them, can take them.
   *
   * @param diffusion g, counted by whoever counts f
   * @param path the noise, of as many entries as the states
   */
  public final MeasurableStepMethod along(VectorField diffusion, BrownianPath path) {
    return new StepAlongPath(this, diffusion, path);
  }

  /** The method as far as costs and checks go; it cannot take steps. */
  public final MeasurableStepMethod withoutPath() {
    return along(null, null);
  }

  @Override
  @SuppressWarnings("EqualsGetClass") // class and coefficients are the whole value of a method
  public final boolean equals(Object other) {
    return other != null
        && other.getClass() == getClass()
        && ((StochasticRungeKutta) other).tableau().equals(tableau());
  }

  @Override
  public final int hashCode() {
    return tableau().hashCode();
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName();
  }
}
