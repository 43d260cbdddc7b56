/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a block makes of a solve: its final state, or a series of states. */
interface BlockOutput {
  /** Shape of the output for states of the given shape. */
  long[] shape(long[] state);

  /** Solves and keeps nothing. */
  void solve(InitialValueProblem problem, INDArray y0, INDArray out);

  /** Solves in training. */
  OutputTrajectory solve(
      AdjointStrategy strategy, InitialValueProblem problem, INDArray y0, INDArray out);

  /** What was kept of a solve, ready to be differentiated once. */
  interface OutputTrajectory extends AutoCloseable {
    /**
     * The gradient with respect to the initial state.
     *
     * @param epsilon gradient with respect to the output, left as it is
     * @param adjoint receives the result
     */
    void pullback(INDArray epsilon, INDArray adjoint);

    /** Gives up what the strategy can do without. */
    void reduce();

    @Override
    void close();
  }
}
