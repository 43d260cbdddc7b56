/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.stochastic.rungekutta;

import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.MeasurableStepMethod;
import org.anodespark.odelayers.solver.SolverState;
import org.anodespark.odelayers.solver.Step;
import org.anodespark.odelayers.solver.StepJournal;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.StepTape;
import org.anodespark.odelayers.stochastic.noise.BrownianPath;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A stochastic method with everything but f: given its times a step is determined, and a step
 * method like any other. Unlike those it is no bean: it belongs to one solve.
 */
final class StepAlongPath implements MeasurableStepMethod {
  private static final long serialVersionUID = 1L;

  /** The error estimate shrinks at least like the step itself. */
  private static final int ORDER_OF_ESTIMATE = 1;

  private final StochasticRungeKutta method;
  private final transient VectorField diffusion;
  private final transient BrownianPath path;

  /** Null if nothing is measured. */
  private final StepJournal journal;

  StepAlongPath(StochasticRungeKutta method, VectorField diffusion, BrownianPath path) {
    this(method, diffusion, path, null);
  }

  private StepAlongPath(
      StochasticRungeKutta method, VectorField diffusion, BrownianPath path, StepJournal journal) {
    this.method = method;
    this.diffusion = diffusion;
    this.path = path;
    this.journal = journal;
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
    int error = measuresError() ? 1 : 0;
    int stiffness = measuresStiffness() ? 1 : 0;
    return stages() - 2 + noise + error + stiffness;
  }

  @Override
  public int tapeResults() {
    return stages();
  }

  /** The scale of an error reads the states at both ends of the step. */
  @Override
  public boolean tapeReadsEnd() {
    return measuresError();
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

  @Override
  public boolean estimatesStiffness() {
    return method.estimatesStiffness();
  }

  /** That of the method on f alone. */
  @Override
  public double stabilityRadius() {
    return tableau().stabilityRadiusWithoutNoise();
  }

  @Override
  public StepMethod measuredIn(StepJournal newJournal) {
    return new StepAlongPath(method, diffusion, path, newJournal);
  }

  boolean measuresError() {
    return journal != null && journal.measuresError();
  }

  boolean measuresStiffness() {
    return journal != null && journal.measuresStiffness();
  }

  /** Null if nothing is measured. */
  StepJournal journal() {
    return journal;
  }

  boolean needsIndependentPart() {
    return tableau().usesNoise(StochasticTableau.INTEGRAL);
  }

  @Override
  public String toString() {
    return method.toString();
  }
}
