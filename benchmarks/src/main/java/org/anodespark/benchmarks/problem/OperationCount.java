/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.problem;

import org.anodespark.odelayers.adjoint.AdjointCost;
import org.anodespark.odelayers.adjoint.AdjointStrategy;

/**
 * Floating-point operations, counted by hand: what the convolutions need, a multiplication and an
 * addition being two. The rest of f, one or two in a hundred of them, is not counted, nor is what
 * somebody does beyond need.
 */
public final class OperationCount {
  private static final int CONVOLUTIONS = 2;
  private static final int WINDOW = 3 * 3;

  private OperationCount() {}

  /** One convolution of 3 x 3 with as many channels out as in: 2 N C C 9 H H. */
  public static long convolution(int channels, int size, int batch) {
    return 2L * batch * channels * channels * WINDOW * size * size;
  }

  /** One evaluation of f. */
  public static long evaluation(BlockProblem problem) {
    return CONVOLUTIONS * convolution(problem.channels(), problem.size(), problem.batch());
  }

  /** One pullback through f: gradients of data and weights, twice an evaluation. */
  public static long pullback(BlockProblem problem) {
    return 2 * evaluation(problem);
  }

  /**
   * The solve and its gradient with the evaluations and pullbacks that a strategy needs.
   *
   * @param strategy declares them
   */
  public static long block(BlockProblem problem, AdjointStrategy strategy) {
    AdjointCost cost = strategy.cost(problem.steps(), problem.method().method());
    return (cost.forwardEvaluations() + cost.recomputedEvaluations()) * evaluation(problem)
        + cost.pullbacks() * pullback(problem);
  }

  /** A product of two square matrices: 2 n n n. */
  public static long matrixProduct(int order) {
    return 2L * order * order * order;
  }
}
