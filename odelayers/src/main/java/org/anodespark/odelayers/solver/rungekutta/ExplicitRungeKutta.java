/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.kernel.LinearCombination;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.MeasurableStepMethod;
import org.anodespark.odelayers.solver.SlopeTape;
import org.anodespark.odelayers.solver.SolverState;
import org.anodespark.odelayers.solver.Step;
import org.anodespark.odelayers.solver.StepJournal;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.StepTape;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Every explicit Runge-Kutta method and its discrete adjoint; a subclass names the tableau.
 *
 * <p>With a tableau whose last stage is the first one of the next step, the state carries that
 * slope beside y, and a step takes one evaluation less than the tableau has stages.
 */
public abstract class ExplicitRungeKutta implements MeasurableStepMethod {
  private static final long serialVersionUID = 1L;

  /** The coefficients; the same object at each call. */
  protected abstract ButcherTableau tableau();

  @Override
  public final int order() {
    return tableau().order();
  }

  @Override
  public final int stages() {
    return tableau().stages() - carriedArrays();
  }

  @Override
  public final int embeddedOrder() {
    return tableau().hasErrorWeights() ? tableau().embeddedOrder() : 0;
  }

  @Override
  public final int carriedArrays() {
    return tableau().firstSameAsLast() ? 1 : 0;
  }

  @Override
  public final int startEvaluations() {
    return carriedArrays();
  }

  /** All stages but the first, whose argument is y, and a last one whose argument is the next y. */
  @Override
  public final int tapeArguments() {
    return tableau().stages() - 1 - carriedArrays();
  }

  @Override
  public final int tapeResults() {
    return tableau().stages() - 2 * carriedArrays();
  }

  @Override
  public final void start(VectorField field, double t, SolverState state, ArrayPool pool) {
    if (tableau().firstSameAsLast()) {
      field.evaluate(t, state.y(), state.carried(0));
    }
  }

  @Override
  public final StepTape recordStart(
      VectorField field, double t, SolverState state, ArrayPool pool) {
    return tableau().firstSameAsLast()
        ? new SlopeTape(field.evaluateAndKeep(t, state.y(), state.carried(0)), 0, pool)
        : MeasurableStepMethod.super.recordStart(field, t, state, pool);
  }

  @Override
  public final void advance(
      VectorField field,
      Step step,
      SolverState from,
      SolverState to,
      INDArray error,
      ArrayPool pool) {
    giveBackSlopes(takeStages(field, step, from, to, error, pool), pool);
  }

  /** Takes the step and returns the slopes of all stages. */
  final List<INDArray> takeStages(
      VectorField field,
      Step step,
      SolverState from,
      SolverState to,
      INDArray error,
      ArrayPool pool) {
    INDArray scratch = tapeArguments() > 0 ? pool.borrow(from.y().shape()) : null;
    try {
      return takeStages(field, step, from, to, error, pool, scratch, StageObserver.NONE);
    } finally {
      if (scratch != null) {
        pool.giveBack(scratch);
      }
    }
  }

  /**
   * Takes the step and returns the slopes of all stages.
   *
   * @param scratch holds the arguments that belong to no state, at the end the last one of them
   * @param observer sees each stage
   */
  final List<INDArray> takeStages(
      VectorField field,
      Step step,
      SolverState from,
      SolverState to,
      INDArray error,
      ArrayPool pool,
      INDArray scratch,
      StageObserver observer) {
    List<INDArray> slopes = new ArrayList<>(tableau().stages());
    try {
      for (int stage = 0; stage < tableau().stages(); stage++) {
        INDArray slope = slopeArray(stage, from, to, pool);
        slopes.add(slope);
        INDArray argument = argumentArray(stage, from, to, () -> scratch);
        if (isEvaluated(stage)) {
          fillArgument(argument, stage, step, from, slopes);
          field.evaluate(step.time(tableau().c(stage)), argument, slope);
        }
        observer.see(stage, argument, slope);
      }
    } catch (RuntimeException e) {
      giveBackSlopes(slopes, pool);
      throw e;
    }
    finish(step, from, to, error, slopes);
    return slopes;
  }

  /** Gives back the slopes that belong to no state. */
  final void giveBackSlopes(List<INDArray> slopes, ArrayPool pool) {
    for (int stage = 0; stage < slopes.size(); stage++) {
      if (!belongsToState(stage)) {
        pool.giveBack(slopes.get(stage));
      }
    }
  }

  @Override
  public final StepTape record(
      VectorField field,
      Step step,
      SolverState from,
      SolverState to,
      INDArray error,
      ArrayPool pool) {
    StageTape tape = new StageTape(tableau(), step.length(), pool, from.y());
    keepSlopes(recordStages(field, step, from, to, error, pool, tape, StageObserver.NONE), tape);
    return tape;
  }

  /**
   * Takes the step on a new tape and returns the slopes of all stages.
   *
   * @param observer sees each stage
   */
  final List<INDArray> recordStages(
      VectorField field,
      Step step,
      SolverState from,
      SolverState to,
      INDArray error,
      ArrayPool pool,
      StageTape tape,
      StageObserver observer) {
    List<INDArray> slopes = new ArrayList<>(tableau().stages());
    try {
      for (int stage = 0; stage < tableau().stages(); stage++) {
        INDArray slope = slopeArray(stage, from, to, pool);
        slopes.add(slope);
        INDArray argument = argumentArray(stage, from, to, tape::borrowArgument);
        if (isEvaluated(stage)) {
          fillArgument(argument, stage, step, from, slopes);
          tape.add(field.evaluateAndKeep(step.time(tableau().c(stage)), argument, slope));
        }
        observer.see(stage, argument, slope);
      }
    } catch (RuntimeException e) {
      giveBackSlopes(slopes, pool);
      tape.close();
      throw e;
    }
    finish(step, from, to, error, slopes);
    return slopes;
  }

  /** Hands the slopes that belong to no state over to the tape. */
  final void keepSlopes(List<INDArray> slopes, StageTape tape) {
    for (int stage = 0; stage < slopes.size(); stage++) {
      if (!belongsToState(stage)) {
        tape.keepOrGiveBack(stage, slopes.get(stage));
      }
    }
  }

  private boolean isEvaluated(int stage) {
    return stage > 0 || !tableau().firstSameAsLast();
  }

  private boolean isLastSlopeCarried(int stage) {
    return tableau().firstSameAsLast() && stage == tableau().stages() - 1;
  }

  private boolean belongsToState(int stage) {
    return !isEvaluated(stage) || isLastSlopeCarried(stage);
  }

  private INDArray slopeArray(int stage, SolverState from, SolverState to, ArrayPool pool) {
    if (!isEvaluated(stage)) {
      return from.carried(0);
    }
    return isLastSlopeCarried(stage) ? to.carried(0) : pool.borrow(from.y().shape());
  }

  /** The argument of a stage: y of a state, or an array that {@code inner} gives. */
  private INDArray argumentArray(
      int stage, SolverState from, SolverState to, Supplier<INDArray> inner) {
    if (stage == 0) {
      return from.y();
    }
    return isLastSlopeCarried(stage) ? to.y() : inner.get();
  }

  private void fillArgument(
      INDArray argument, int stage, Step step, SolverState from, List<INDArray> slopes) {
    if (stage > 0) {
      double[] coefficients = new double[stage];
      for (int j = 0; j < stage; j++) {
        coefficients[j] = step.length() * tableau().a(stage, j);
      }
      LinearCombination.assign(argument, from.y(), coefficients, slopes);
    }
  }

  /** The result and its error; a carried last slope has its result already, as its argument. */
  private void finish(
      Step step, SolverState from, SolverState to, INDArray error, List<INDArray> slopes) {
    int stages = tableau().stages();
    double[] coefficients = new double[stages];
    if (!tableau().firstSameAsLast()) {
      for (int i = 0; i < stages; i++) {
        coefficients[i] = step.length() * tableau().b(i);
      }
      LinearCombination.assign(to.y(), from.y(), coefficients, slopes);
    }
    if (error != null) {
      for (int i = 0; i < stages; i++) {
        coefficients[i] = step.length() * tableau().errorWeight(i);
      }
      LinearCombination.assign(error, coefficients, slopes);
    }
  }

  /** First same as last, and the stage before the last one at the end of the step too. */
  @Override
  public final boolean estimatesStiffness() {
    int stages = tableau().stages();
    return tableau().firstSameAsLast() && stages > 2 && tableau().c(stages - 2) == 1;
  }

  @Override
  public final double stabilityRadius() {
    return tableau().stabilityPolynomial().radius();
  }

  @Override
  public final StepMethod measuredIn(StepJournal journal) {
    return new MeasuredRungeKutta(this, journal);
  }

  @Override
  @SuppressWarnings("EqualsGetClass") // class and coefficients are the whole value of a method
  public boolean equals(Object other) {
    return other != null
        && other.getClass() == getClass()
        && ((ExplicitRungeKutta) other).tableau().equals(tableau());
  }

  @Override
  public int hashCode() {
    return tableau().hashCode();
  }

  @Override
  public String toString() {
    return getClass().getSimpleName();
  }
}
