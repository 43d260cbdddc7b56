/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.stochastic.rungekutta;

import java.util.ArrayList;
import java.util.List;
import org.anodespark.odelayers.dynamics.KeptEvaluation;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.SolverState;
import org.anodespark.odelayers.solver.Step;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One step with all that belongs to it: arguments and results of its stages, its noise, and the
 * kept evaluations if it is recorded. Entries of stages that nothing reads are null.
 */
final class StochasticStages {
  /** Factor of the drift in the error estimate, delta in the literature. */
  static final double DRIFT_IN_ERROR = 1;

  private final StepAlongPath method;
  private final StochasticTableau tableau;
  private final VectorField drift;
  private final Step step;
  private final SolverState from;
  private final SolverState to;
  private final ArrayPool pool;
  private final boolean recorded;
  private final StepNoise noise;
  private final INDArray[] driftArguments;
  private final INDArray[] diffusionArguments;
  private final INDArray[] drifts;
  private final INDArray[] diffusions;
  private final KeptEvaluation[] driftEvaluations;
  private final KeptEvaluation[] diffusionEvaluations;
  private final List<INDArray> borrowed = new ArrayList<>();

  /** Null if nothing is measured. */
  private StepEstimates estimates;

  StochasticStages(
      StepAlongPath method,
      VectorField drift,
      Step step,
      SolverState from,
      SolverState to,
      ArrayPool pool,
      boolean recorded) {
    this.method = method;
    this.tableau = method.tableau();
    this.drift = drift;
    this.step = step;
    this.from = from;
    this.to = to;
    this.pool = pool;
    this.recorded = recorded;
    int stages = tableau.stages();
    driftArguments = new INDArray[stages];
    diffusionArguments = new INDArray[stages];
    drifts = new INDArray[stages];
    diffusions = new INDArray[stages];
    driftEvaluations = new KeptEvaluation[stages];
    diffusionEvaluations = new KeptEvaluation[stages];
    noise = new StepNoise(method, step, from.y().shape(), pool);
  }

  /**
   * Takes the step.
   *
   * @param error receives the error estimate; null if it is not wanted
   */
  StochasticStages take(INDArray error) {
    try {
      noise.computeIntegrals();
      for (int stage = 0; stage < tableau.stages(); stage++) {
        evaluateDrift(stage);
        evaluateDiffusion(stage);
      }
      finish(error);
      return this;
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void evaluateDrift(int stage) {
    if (tableau.usesDrift(stage)) {
      driftArguments[stage] = stage == 0 ? from.y() : driftArgument(stage);
      drifts[stage] = borrow();
      driftEvaluations[stage] =
          evaluate(drift, step.time(tableau.c0(stage)), driftArguments[stage], drifts[stage]);
    }
  }

  private INDArray driftArgument(int stage) {
    INDArray argument = borrow();
    new WeightedSum()
        .plus(step.length(), j -> tableau.a0(stage, j), drifts, stage)
        .addTo(from.y(), argument);
    if (tableau.usesNoiseInDrift(stage)) {
      addNoise(
          argument,
          StochasticTableau.INTEGRAL,
          new WeightedSum().plus(1, j -> tableau.b0(stage, j), diffusions, stage));
    }
    return argument;
  }

  private void evaluateDiffusion(int stage) {
    if (tableau.usesDiffusion(stage)) {
      diffusionArguments[stage] = stage == 0 ? from.y() : diffusionArgument(stage);
      diffusions[stage] = borrow();
      diffusionEvaluations[stage] =
          evaluate(
              method.diffusion(),
              step.time(tableau.c1(stage)),
              diffusionArguments[stage],
              diffusions[stage]);
    }
  }

  private INDArray diffusionArgument(int stage) {
    INDArray argument = borrow();
    new WeightedSum()
        .plus(step.length(), j -> tableau.a1(stage, j), drifts, stage)
        .plus(Math.sqrt(step.length()), j -> tableau.b1(stage, j), diffusions, stage)
        .addTo(from.y(), argument);
    return argument;
  }

  private KeptEvaluation evaluate(VectorField field, double t, INDArray argument, INDArray out) {
    if (recorded) {
      return field.evaluateAndKeep(t, argument, out);
    }
    field.evaluate(t, argument, out);
    return null;
  }

  private void finish(INDArray error) {
    int stages = tableau.stages();
    boolean measured = method.journal() != null && (recorded || method.journal().isOpen());
    boolean errorMeasured = measured && method.measuresError();
    INDArray estimate = error == null && !errorMeasured ? null : borrow();
    new WeightedSum().plus(step.length(), tableau::alpha, drifts, stages).addTo(from.y(), to.y());
    if (estimate != null) {
      new WeightedSum()
          .plus(DRIFT_IN_ERROR * step.length(), stage -> 1, drifts, stages)
          .assignTo(estimate);
    }
    for (int kind = 0; kind < StochasticTableau.NOISES; kind++) {
      addNoise(kind, estimate);
    }
    if (error != null) {
      error.assign(estimate);
    }
    if (estimate != null && !errorMeasured) {
      giveBack(estimate);
    }
    if (measured) {
      measure(errorMeasured ? estimate : null);
    }
  }

  private void measure(INDArray estimate) {
    estimates = new StepEstimates(this, estimate, method.measuresStiffness() ? borrow() : null);
    if (method.journal().isOpen()) {
      method.journal().note(step, estimates.measure());
    }
  }

  /** Adds one kind of noise to the result, and to the estimate what belongs to it. */
  private void addNoise(int kind, INDArray estimate) {
    WeightedSum sum =
        new WeightedSum().plus(1, stage -> tableau.beta(kind, stage), diffusions, tableau.stages());
    if (!sum.isEmpty()) {
      addNoise(to.y(), kind, sum);
      if (estimate != null && kind >= StochasticTableau.INTEGRAL) {
        addNoise(estimate, kind, sum);
      }
    }
  }

  private void addNoise(INDArray target, int kind, WeightedSum sum) {
    INDArray product = pool.borrow(target.shape());
    sum.assignTo(product);
    product.muli(noise.kind(kind));
    new WeightedSum().plus(1, product).addTo(target, target);
    pool.giveBack(product);
  }

  /** An array that stays until the step is closed. */
  private INDArray borrow() {
    INDArray array = pool.borrow(from.y().shape());
    borrowed.add(array);
    return array;
  }

  /** Gives back what no pullback reads. */
  StochasticStages keepForPullback() {
    noise.giveBackIntegrals();
    for (int stage = 0; stage < tableau.stages(); stage++) {
      drifts[stage] = keepIfRead(drifts[stage], driftEvaluations[stage]);
      diffusions[stage] = keepIfRead(diffusions[stage], diffusionEvaluations[stage]);
    }
    return this;
  }

  private INDArray keepIfRead(INDArray result, KeptEvaluation evaluation) {
    if (result == null || evaluation.readsResult()) {
      return result;
    }
    giveBack(result);
    return null;
  }

  /** Gives back an array of the step's own. */
  private void giveBack(INDArray array) {
    borrowed.removeIf(each -> each == array);
    pool.giveBack(array);
  }

  long keptBytes() {
    return (borrowed.size() + noise.arrays()) * ArrayPool.bytes(from.y());
  }

  StochasticTableau tableau() {
    return tableau;
  }

  Step step() {
    return step;
  }

  INDArray start() {
    return from.y();
  }

  INDArray end() {
    return to.y();
  }

  ArrayPool pool() {
    return pool;
  }

  StepNoise noise() {
    return noise;
  }

  StepAlongPath method() {
    return method;
  }

  INDArray drift(int stage) {
    return drifts[stage];
  }

  INDArray argumentOfDrift(int stage) {
    return driftArguments[stage];
  }

  KeptEvaluation driftEvaluation(int stage) {
    return driftEvaluations[stage];
  }

  KeptEvaluation diffusionEvaluation(int stage) {
    return diffusionEvaluations[stage];
  }

  /** Null if nothing is measured. */
  StepEstimates estimates() {
    return estimates;
  }

  void close() {
    closeAll(driftEvaluations);
    closeAll(diffusionEvaluations);
    borrowed.forEach(pool::giveBack);
    borrowed.clear();
    noise.close();
  }

  private static void closeAll(KeptEvaluation[] evaluations) {
    for (KeptEvaluation evaluation : evaluations) {
      if (evaluation != null) {
        evaluation.close();
      }
    }
  }
}
