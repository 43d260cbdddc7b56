/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.regularization;

import java.util.List;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.MeasurableStepMethod;
import org.anodespark.odelayers.solver.SolverState;
import org.anodespark.odelayers.solver.Step;
import org.anodespark.odelayers.solver.StepJournal;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.StepTape;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The step of a {@link LocalRegularization} during one solve. Of the forward pass only the state at
 * its start is kept; the backward pass takes the step again.
 */
final class LocalStep {
  private final LocalRegularization regularizer;
  private final InitialValueProblem problem;
  private final SampledState sample;
  private final StepJournal journal;
  private final StepMethod method;
  private Step step;
  private boolean kept = true;

  /**
   * @param problem of the solve, by the method that is not measured yet
   * @param y0 gives the shape of the state
   */
  LocalStep(LocalRegularization regularizer, InitialValueProblem problem, INDArray y0) {
    this.regularizer = regularizer;
    this.problem = problem;
    INDArray state = problem.pool().borrow(y0.shape());
    problem.counter().save(ArrayPool.bytes(state));
    this.sample =
        regularizer.sampling() == LocalRegularization.Sampling.UNBIASED
            ? new UniformSample(
                problem.start(), problem.end(), Nd4j.getRandom().nextDouble(), state)
            : new StepStartSample(Nd4j.getRandom().nextLong(), state);
    StepRegularizer ofTheStep = regularizer.ofTheStep();
    this.journal =
        new StepJournal(
            ofTheStep.readsError() ? problem.control().tolerance().orElseThrow() : null,
            ofTheStep.readsStiffness());
    this.method = ((MeasurableStepMethod) problem.method()).measuredIn(journal);
  }

  /** Takes the state along. */
  SampledState sample() {
    return sample;
  }

  /** The step, once it is taken. */
  Step step() {
    return step;
  }

  /**
   * Takes the step, once the solve is over.
   *
   * @param factor of the value in the loss whose gradient is taken
   * @return its value, without the coefficient
   */
  double take(double factor) {
    ArrayPool pool = problem.pool();
    InitialValueProblem rest = problem.between(sample.time(), problem.end());
    SolverState from = SolverState.around(sample.state(), method.carriedArrays(), pool);
    SolverState to = SolverState.borrow(sample.state(), method.carriedArrays(), pool);
    try {
      method.start(problem.field(), sample.time(), from, pool);
      step = problem.control().open(rest, from).next();
      method.advance(problem.field(), step, from, to, null, pool);
    } finally {
      from.giveBack(pool);
      to.giveBack(pool);
    }
    StepPenalty penalty =
        regularizer.ofTheStep().penalty(journal.close(), (MeasurableStepMethod) problem.method());
    journal.setCotangents(List.of(penalty.cotangents().get(0).times(factor)));
    return penalty.value();
  }

  /** Adds the gradient to that of the parameters. */
  void pullback() {
    problem.counter().startBackwardPass();
    ArrayPool pool = problem.pool();
    SolverState from = SolverState.around(sample.state(), method.carriedArrays(), pool);
    SolverState to = SolverState.borrow(sample.state(), method.carriedArrays(), pool);
    INDArray zero = pool.borrow(sample.state().shape());
    zero.assign(0.0);
    SolverState adjoint = SolverState.gradient(zero, method.carriedArrays(), pool);
    method.start(problem.field(), sample.time(), from, pool);
    long states = from.bytes() - ArrayPool.bytes(sample.state()) + to.bytes();
    problem.counter().save(states);
    try (StepTape tape = method.record(problem.field(), step, from, to, null, pool)) {
      problem.counter().save(tape.keptBytes());
      tape.pullback(adjoint);
      problem.counter().free(tape.keptBytes());
    }
    problem.counter().free(states);
    adjoint.giveBack(pool);
    pool.giveBack(zero);
    from.giveBack(pool);
    to.giveBack(pool);
  }

  /** Frees the state. */
  void close() {
    if (kept) {
      kept = false;
      problem.counter().free(ArrayPool.bytes(sample.state()));
      problem.pool().giveBack(sample.state());
    }
  }
}
