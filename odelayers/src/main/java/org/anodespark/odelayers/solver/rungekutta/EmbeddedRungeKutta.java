/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

import java.util.List;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.kernel.LinearCombination;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.DenseStep;
import org.anodespark.odelayers.solver.DenseStepMethod;
import org.anodespark.odelayers.solver.SolverState;
import org.anodespark.odelayers.solver.Step;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An explicit Runge-Kutta pair with error estimate and dense output; a subclass names the tableau.
 */
public abstract class EmbeddedRungeKutta extends ExplicitRungeKutta implements DenseStepMethod {
  private static final long serialVersionUID = 1L;

  @Override
  public final int denseOrder() {
    return denseWeights().order();
  }

  private DenseWeights denseWeights() {
    return tableau().denseWeights().orElseThrow();
  }

  @Override
  public final int denseArrays() {
    return tapeResults();
  }

  @Override
  public final DenseStep advanceDensely(
      VectorField field,
      Step step,
      SolverState from,
      SolverState to,
      INDArray error,
      ArrayPool pool) {
    List<INDArray> slopes = takeStages(field, step, from, to, error, pool);
    return denseStep(step, from, to, slopes, pool);
  }

  /** The solution over a step that was taken; it gives the slopes back when it is closed. */
  final DenseStep denseStep(
      Step step, SolverState from, SolverState to, List<INDArray> slopes, ArrayPool pool) {
    return new DenseStages(step, from.y(), to.y(), slopes, pool);
  }

  private final class DenseStages implements DenseStep {
    private final Step step;
    private final INDArray from;
    private final INDArray to;
    private final List<INDArray> slopes;
    private final ArrayPool pool;

    DenseStages(Step step, INDArray from, INDArray to, List<INDArray> slopes, ArrayPool pool) {
      this.step = step;
      this.from = from;
      this.to = to;
      this.slopes = slopes;
      this.pool = pool;
    }

    @Override
    public Step step() {
      return step;
    }

    @Override
    public void interpolate(double theta, INDArray out) {
      if (theta == 1.0) {
        out.assign(to);
        return;
      }
      double[] coefficients = new double[slopes.size()];
      for (int stage = 0; stage < coefficients.length; stage++) {
        coefficients[stage] = step.length() * denseWeights().weight(stage, theta);
      }
      LinearCombination.assign(out, from, coefficients, slopes);
    }

    @Override
    public void close() {
      giveBackSlopes(slopes, pool);
      slopes.clear();
    }
  }
}
