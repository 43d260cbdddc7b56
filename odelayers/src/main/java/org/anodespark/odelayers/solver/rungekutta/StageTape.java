/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

import java.util.ArrayList;
import java.util.List;
import org.anodespark.odelayers.dynamics.KeptEvaluation;
import org.anodespark.odelayers.kernel.LinearCombination;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.SolverState;
import org.anodespark.odelayers.solver.StepTape;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The kept stages of an explicit step. With lambda the gradient after the step, from the last stage
 * to the first: {@code w_i = h b_i lambda + h * sum over j > i of a_ji z_j} and {@code z_i =
 * f_y(Y_i)^T w_i}; then lambda grows by the sum of all {@code z_i} (Hager, 2000, in the form that
 * holds for zero weights too).
 *
 * <p>If the last slope is carried to the next step, its own gradient is pulled back first, into the
 * gradient of the step's result; and the first slope, which came with the state, gets {@code w_1}
 * as its gradient instead of a pullback.
 */
final class StageTape implements StepTape {
  private final ButcherTableau tableau;
  private final double h;
  private final ArrayPool pool;
  private final long[] shape;
  private final long stateBytes;
  private final int firstEvaluated;
  private final boolean keepsSlopes;
  private final List<KeptEvaluation> evaluations = new ArrayList<>();
  private final List<INDArray> arguments = new ArrayList<>();
  private final List<INDArray> results = new ArrayList<>();

  StageTape(ButcherTableau tableau, double h, ArrayPool pool, INDArray like) {
    this(tableau, h, pool, like, false);
  }

  /**
   * @param keepsSlopes whether all slopes are kept, also those that no pullback reads
   */
  StageTape(ButcherTableau tableau, double h, ArrayPool pool, INDArray like, boolean keepsSlopes) {
    this.tableau = tableau;
    this.h = h;
    this.pool = pool;
    this.shape = like.shape();
    this.stateBytes = ArrayPool.bytes(like);
    this.keepsSlopes = keepsSlopes;
    this.firstEvaluated = tableau.firstSameAsLast() ? 1 : 0;
  }

  /** An array for the argument of an evaluation, which stays until the tape is closed. */
  INDArray borrowArgument() {
    INDArray argument = pool.borrow(shape);
    arguments.add(argument);
    return argument;
  }

  /** The argument of a stage behind the first one that belongs to no state. */
  INDArray argument(int stage) {
    return arguments.get(stage - 1);
  }

  /** Takes over an evaluation. */
  void add(KeptEvaluation evaluation) {
    evaluations.add(evaluation);
  }

  /** Takes over the slope of a stage, which not every evaluation needs for its pullback. */
  void keepOrGiveBack(int stage, INDArray slope) {
    if (keepsSlopes || evaluations.get(stage - firstEvaluated).readsResult()) {
      results.add(slope);
    } else {
      pool.giveBack(slope);
    }
  }

  @Override
  public void pullback(SolverState adjoint) {
    pullback(adjoint, StageSeeds.NONE);
  }

  /** As the public one, of a loss that looks at the stages of this step too. */
  void pullback(SolverState adjoint, StageSeeds seeds) {
    INDArray lambda = adjoint.y();
    seeds.addToEnd(lambda);
    int last = tableau.stages() - 1;
    if (tableau.firstSameAsLast()) {
      seeds.addToSlope(last, adjoint.carried(0));
      INDArray product = pool.borrow(lambda.shape());
      evaluation(last).pullback(adjoint.carried(0), 1.0, product);
      LinearCombination.add(lambda, 1.0, product);
      pool.giveBack(product);
      last--;
    }
    List<INDArray> terms = new ArrayList<>(1 + seeds.arrays().size() + tableau.stages());
    terms.add(lambda);
    terms.addAll(seeds.arrays());
    int firstProduct = terms.size();
    for (int stage = last; stage >= firstEvaluated; stage--) {
      INDArray cotangent = pool.borrow(lambda.shape());
      LinearCombination.assign(cotangent, coefficients(stage, last, seeds), terms);
      INDArray product = pool.borrow(lambda.shape());
      evaluation(stage).pullback(cotangent, 1.0, product);
      pool.giveBack(cotangent);
      seeds.addToArgument(stage, product);
      terms.add(product);
    }
    if (tableau.firstSameAsLast()) {
      LinearCombination.assign(adjoint.carried(0), coefficients(0, last, seeds), terms);
    }
    for (INDArray product : terms.subList(firstProduct, terms.size())) {
      LinearCombination.add(lambda, 1.0, product);
      pool.giveBack(product);
    }
    seeds.addToStart(lambda);
  }

  /** Coefficients of lambda, of the seeds, and of the products of the stages from the last one. */
  private double[] coefficients(int stage, int last, StageSeeds seeds) {
    int seeded = seeds.arrays().size();
    double[] coefficients = new double[1 + seeded + last - stage];
    coefficients[0] = h * tableau.b(stage);
    for (int seed = 0; seed < seeded; seed++) {
      coefficients[1 + seed] = seeds.ofSlope(stage, seed);
    }
    for (int j = last; j > stage; j--) {
      coefficients[1 + seeded + last - j] = h * tableau.a(j, stage);
    }
    return coefficients;
  }

  private KeptEvaluation evaluation(int stage) {
    return evaluations.get(stage - firstEvaluated);
  }

  @Override
  public long keptBytes() {
    return (arguments.size() + results.size()) * stateBytes;
  }

  @Override
  public void close() {
    evaluations.forEach(KeptEvaluation::close);
    arguments.forEach(pool::giveBack);
    results.forEach(pool::giveBack);
    evaluations.clear();
    arguments.clear();
    results.clear();
  }
}
