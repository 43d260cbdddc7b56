/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.control;

import java.util.Optional;
import java.util.OptionalInt;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.SolverState;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.StepSession;
import org.anodespark.odelayers.solver.Tolerance;

/**
 * {@link AdaptiveSteps} of a solve in pieces: each piece begins with the length with which the one
 * before would have gone on, where a choice from nothing would cost two evaluations and steps that
 * are too short. For one solve; never part of a configuration.
 */
final class AdaptiveStepsAcrossPieces implements StepControl {
  private static final long serialVersionUID = 1L;

  private final AdaptiveSteps settings;

  /** Null before the first piece. */
  private transient AdaptiveSession latest;

  AdaptiveStepsAcrossPieces(AdaptiveSteps settings) {
    this.settings = settings;
  }

  @Override
  public StepSession open(InitialValueProblem problem, SolverState initial) {
    double length = latest == null ? 0 : latest.lengthToGoOnWith();
    latest = new AdaptiveSession(settings, problem, initial.y(), length);
    return latest;
  }

  @Override
  public OptionalInt steps() {
    return settings.steps();
  }

  @Override
  public Optional<Tolerance> tolerance() {
    return settings.tolerance();
  }

  @Override
  public void check(StepMethod method) {
    settings.check(method);
  }

  @Override
  public String toString() {
    return settings.toString();
  }
}
