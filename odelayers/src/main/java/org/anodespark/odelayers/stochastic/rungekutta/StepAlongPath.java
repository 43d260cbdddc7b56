/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.stochastic.rungekutta;

import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.failure.FailureReason;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.SolverState;
import org.anodespark.odelayers.solver.Step;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.StepTape;
import org.anodespark.odelayers.stochastic.measure.StepMeasurements;
import org.anodespark.odelayers.stochastic.noise.BrownianPath;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A stochastic method with everything but f: given its times a step is determined, and a step
 * method like any other. Unlike those it is no bean: it belongs to one solve.
 */
final class StepAlongPath implements StepMethod {
  private static final long serialVersionUID = 1L;

  /** The error estimate shrinks at least like the step itself. */
  private static final int ORDER_OF_ESTIMATE = 1;

  private final StochasticRungeKutta method;
  private final transient VectorField diffusion;
  private final transient BrownianPath path;
  private final transient StepMeasurements measurements;

  StepAlongPath(
      StochasticRungeKutta method,
      VectorField diffusion,
      BrownianPath path,
      StepMeasurements measurements) {
    if (measurements != null && !method.estimatesError()) {
      throw new OdeSolveException(
          FailureReason.UNSUPPORTED_COMBINATION,
          method
              + " estimates neither error nor stiffness, so its steps cannot be measured; use Sosri"
              + " or Sosri2.");
    }
    this.method = method;
    this.diffusion = diffusion;
    this.path = path;
    this.measurements = measurements;
  }

  /** The order for g = 0. */
  @Override
  public int order() {
    return tableau().orderWithoutNoise();
  }

  /** Evaluations of f and of g together. */
  @Override
  public int stages() {
    return method.driftEvaluations() + method.diffusionEvaluations();
  }

  @Override
  public int embeddedOrder() {
    return method.estimatesError() ? ORDER_OF_ESTIMATE : 0;
  }

  /** The arguments of all stages but the first, the noise, and what the estimates are made of. */
  @Override
  public int tapeArguments() {
    int noise = needsIndependentPart() ? 2 : 1;
    int estimates = measurements == null ? 0 : 2;
    return stages() - 2 + noise + estimates;
  }

  @Override
  public int tapeResults() {
    return stages();
  }

  /** The scale of an error reads the states at both ends of the step. */
  @Override
  public boolean tapeReadsEnd() {
    return measurements != null;
  }

  @Override
  public void advance(
      VectorField field,
      Step step,
      SolverState from,
      SolverState to,
      INDArray error,
      ArrayPool pool) {
    new StochasticStages(this, field, step, from, to, pool, false).take(error).close();
  }

  @Override
  public StepTape record(
      VectorField field,
      Step step,
      SolverState from,
      SolverState to,
      INDArray error,
      ArrayPool pool) {
    StochasticStages stages = new StochasticStages(this, field, step, from, to, pool, true);
    return new StochasticTape(stages.take(error).keepForPullback());
  }

  StochasticTableau tableau() {
    return method.tableau();
  }

  VectorField diffusion() {
    return diffusion;
  }

  BrownianPath path() {
    return path;
  }

  /** Null if nothing is measured. */
  StepMeasurements measurements() {
    return measurements;
  }

  boolean needsIndependentPart() {
    return tableau().usesNoise(StochasticTableau.INTEGRAL);
  }

  @Override
  public String toString() {
    return method.toString();
  }
}
