/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

import java.util.List;
import java.util.function.IntFunction;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.SolverState;
import org.anodespark.odelayers.solver.Step;
import org.anodespark.odelayers.solver.StepJournal;
import org.anodespark.odelayers.solver.StepMeasure;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.StepTape;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An explicit method during one solve whose steps are measured. Adjoint strategies take it for any
 * other method, so that they need to know nothing of measures: it notes each step that is taken
 * while the journal is open, and its tapes read the cotangents.
 */
final class MeasuredRungeKutta implements StepMethod {
  private static final long serialVersionUID = 1L;

  private final ExplicitRungeKutta method;
  private final StepJournal journal;

  MeasuredRungeKutta(ExplicitRungeKutta method, StepJournal journal) {
    this.method = method;
    this.journal = journal;
  }

  @Override
  public int order() {
    return method.order();
  }

  @Override
  public int stages() {
    return method.stages();
  }

  @Override
  public int embeddedOrder() {
    return method.embeddedOrder();
  }

  @Override
  public int carriedArrays() {
    return method.carriedArrays();
  }

  @Override
  public int startEvaluations() {
    return method.startEvaluations();
  }

  /** The error estimate, the difference of two slopes, and slopes that integrands read. */
  @Override
  public int tapeArguments() {
    return method.tapeArguments()
        + (journal.measuresError() ? 1 : 0)
        + (journal.measuresStiffness() ? 1 : 0)
        + (journal.keepsSlopes() ? method.tapeResults() : 0);
  }

  @Override
  public int tapeResults() {
    return journal.keepsSlopes() ? 0 : method.tapeResults();
  }

  /** The scale of the error depends on the state at the end, also of the last step. */
  @Override
  public boolean tapeReadsEnd() {
    return method.tapeReadsEnd() || journal.measuresError();
  }

  @Override
  public void start(VectorField field, double t, SolverState state, ArrayPool pool) {
    method.start(field, t, state, pool);
  }

  @Override
  public StepTape recordStart(VectorField field, double t, SolverState state, ArrayPool pool) {
    return method.recordStart(field, t, state, pool);
  }

  @Override
  public void advance(
      VectorField field,
      Step step,
      SolverState from,
      SolverState to,
      INDArray error,
      ArrayPool pool) {
    if (!journal.isOpen()) {
      method.advance(field, step, from, to, error, pool);
      return;
    }
    boolean own = error == null && journal.measuresError();
    INDArray estimate = own ? pool.borrow(from.y().shape()) : error;
    INDArray argument = pool.borrow(from.y().shape());
    try {
      StageQuadrature quadrature = quadrature(field, step, pool);
      List<INDArray> slopes =
          method.takeStages(field, step, from, to, estimate, pool, argument, quadrature::add);
      INDArray difference = slopeDifference(slopes, pool);
      note(
          step,
          new StepMeasurement(from.y(), to.y(), estimate, difference, argument),
          quadrature,
          pool);
      offer(step, from, to, slopes, pool);
      if (difference != null) {
        pool.giveBack(difference);
      }
      method.giveBackSlopes(slopes, pool);
    } finally {
      pool.giveBack(argument);
      if (own) {
        pool.giveBack(estimate);
      }
    }
  }

  @Override
  public StepTape record(
      VectorField field,
      Step step,
      SolverState from,
      SolverState to,
      INDArray error,
      ArrayPool pool) {
    StageTape stages =
        new StageTape(method.tableau(), step.length(), pool, from.y(), journal.keepsSlopes());
    INDArray estimate = journal.measuresError() ? pool.borrow(from.y().shape()) : null;
    StageQuadrature quadrature = quadrature(field, step, pool);
    List<INDArray> slopes;
    try {
      slopes =
          method.recordStages(
              field,
              step,
              from,
              to,
              estimate == null ? error : estimate,
              pool,
              stages,
              journal.isOpen() ? quadrature::add : StageObserver.NONE);
    } catch (RuntimeException e) {
      if (estimate != null) {
        pool.giveBack(estimate);
      }
      throw e;
    }
    if (estimate != null && error != null) {
      error.assign(estimate);
    }
    StepMeasurement measurement =
        new StepMeasurement(
            from.y(),
            to.y(),
            estimate,
            slopeDifference(slopes, pool),
            journal.measuresStiffness() ? stages.argument(slopes.size() - 2) : null);
    IntFunction<INDArray> arguments = stage -> argument(stage, from, to, stages);
    if (journal.isOpen()) {
      note(step, measurement, quadrature, pool);
      offer(step, from, to, slopes, pool);
    }
    method.keepSlopes(slopes, stages);
    return new MeasuredTape(
        method.tableau(),
        step,
        stages,
        measurement,
        seeds -> quadrature.seed(arguments, slopes::get, seeds),
        journal,
        pool);
  }

  private StageQuadrature quadrature(VectorField field, Step step, ArrayPool pool) {
    return new StageQuadrature(method.tableau(), step, journal, field, pool);
  }

  private INDArray argument(int stage, SolverState from, SolverState to, StageTape stages) {
    if (stage == 0) {
      return from.y();
    }
    return stage > method.tapeArguments() ? to.y() : stages.argument(stage);
  }

  private INDArray slopeDifference(List<INDArray> slopes, ArrayPool pool) {
    if (!journal.measuresStiffness()) {
      return null;
    }
    int last = slopes.size() - 1;
    return StiffnessQuotient.difference(slopes.get(last), slopes.get(last - 1), pool);
  }

  private void note(
      Step step, StepMeasurement measurement, StageQuadrature quadrature, ArrayPool pool) {
    journal.note(
        step,
        new StepMeasure(
            Math.abs(step.length()),
            measurement.error(journal, pool).map(ScaledError::value).orElse(0.0),
            measurement.stiffness(journal, pool).map(StiffnessQuotient::value).orElse(0.0),
            quadrature.values()));
  }

  private void offer(
      Step step, SolverState from, SolverState to, List<INDArray> slopes, ArrayPool pool) {
    if (method instanceof EmbeddedRungeKutta dense) {
      journal
          .sample()
          .ifPresent(sample -> sample.offer(dense.denseStep(step, from, to, slopes, pool)));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MeasuredRungeKutta that
        && method.equals(that.method)
        && journal == that.journal;
  }

  @Override
  public int hashCode() {
    return method.hashCode();
  }

  @Override
  public String toString() {
    return method.toString();
  }
}
