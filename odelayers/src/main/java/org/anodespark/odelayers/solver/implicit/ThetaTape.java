/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.implicit;

import java.util.ArrayList;
import java.util.List;
import org.anodespark.odelayers.dynamics.KeptEvaluation;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.kernel.LinearCombination;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.SolverState;
import org.anodespark.odelayers.solver.Step;
import org.anodespark.odelayers.solver.StepTape;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The kept evaluations of a step of a theta method: at its start, unless theta is 1, and at its
 * end. With lambda the gradient after the step, {@code (I - h theta J1)^T w = lambda}; then lambda
 * becomes {@code w + h (1 - theta) J0^T w}, and the parameters get {@code h theta f_theta1^T w + h
 * (1 - theta) f_theta0^T w} (the discrete adjoint of Zhang and Zhao, 2022).
 */
final class ThetaTape implements StepTape {
  private final Step step;
  private final double theta;
  private final NewtonKrylov solver;
  private final ArrayPool pool;
  private final long stateBytes;
  private final List<KeptEvaluation> evaluations = new ArrayList<>(2);
  private final List<INDArray> results = new ArrayList<>(2);

  ThetaTape(Step step, double theta, NewtonKrylov solver, ArrayPool pool, INDArray like) {
    this.step = step;
    this.theta = theta;
    this.solver = solver;
    this.pool = pool;
    this.stateBytes = ArrayPool.bytes(like);
  }

  /** Takes over an evaluation, and its result if its products read that. */
  void add(KeptEvaluation evaluation, INDArray result, Scratch scratch) {
    evaluations.add(evaluation);
    if (evaluation.readsResult()) {
      results.add(scratch.release(result));
    }
  }

  @Override
  public void pullback(SolverState adjoint) {
    INDArray lambda = adjoint.y();
    try (Scratch scratch = new Scratch(lambda, pool)) {
      INDArray w = scratch.borrow();
      INDArray cotangent = scratch.borrow();
      INDArray product = scratch.borrow();
      KeptEvaluation end = evaluations.get(evaluations.size() - 1);
      solver.solve(new AdjointEquation(end, theta * step.length(), lambda, cotangent), w, pool);
      pullback(end, theta, w, cotangent, product);
      lambda.assign(w);
      if (theta < 1.0) {
        pullback(evaluations.get(0), 1.0 - theta, w, cotangent, product);
        LinearCombination.add(lambda, 1.0, product);
      }
    } catch (OdeSolveException e) {
      throw e.inStep(step.index(), step.start(), step.length());
    }
  }

  /** {@code product := weight h J^T w} at an evaluation, and the parameter gradient grows. */
  private void pullback(
      KeptEvaluation evaluation, double weight, INDArray w, INDArray cotangent, INDArray product) {
    cotangent.assign(w);
    Vectors.scale(weight * step.length(), cotangent);
    evaluation.pullback(cotangent, 1.0, product);
  }

  @Override
  public long keptBytes() {
    return results.size() * stateBytes;
  }

  @Override
  public void close() {
    evaluations.forEach(KeptEvaluation::close);
    results.forEach(pool::giveBack);
    evaluations.clear();
    results.clear();
  }
}
