/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import java.util.ArrayList;
import java.util.List;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.PiecewiseTrajectory;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The states {@code [N, C]} at several times, as a time series {@code [N, C, T]}. */
final class StateSeries implements BlockOutput {
  private final double[] times;

  StateSeries(double[] times) {
    this.times = times;
  }

  @Override
  public long[] shape(long[] state) {
    return new long[] {state[0], state[1], times.length};
  }

  @Override
  public void solve(InitialValueProblem problem, INDArray y0, INDArray out) {
    List<INDArray> states = borrow(y0, problem.pool());
    try {
      InitialValueProblem inPieces = problem.inPieces();
      double start = problem.start();
      INDArray y = y0;
      for (int i = 0; i < times.length; i++) {
        inPieces.between(start, times[i]).solve(y, states.get(i));
        start = times[i];
        y = states.get(i);
      }
      pack(states, out);
    } finally {
      states.forEach(problem.pool()::giveBack);
    }
  }

  @Override
  public OutputTrajectory solve(
      AdjointStrategy strategy, InitialValueProblem problem, INDArray y0, INDArray out) {
    ArrayPool pool = problem.pool();
    // own arrays: a piece's initial state must stay as it is, and out belongs to the next layer
    List<INDArray> states = borrow(y0, pool);
    PiecewiseTrajectory trajectory;
    try {
      trajectory = PiecewiseTrajectory.solve(strategy, problem, times, y0, states);
    } catch (RuntimeException e) {
      states.forEach(pool::giveBack);
      throw e;
    }
    pack(states, out);
    return new OutputTrajectory() {
      @Override
      public void pullback(INDArray epsilon, INDArray adjoint) {
        List<INDArray> gradients = borrow(adjoint, pool);
        try {
          for (int i = 0; i < times.length; i++) {
            gradients.get(i).assign(at(epsilon, i));
          }
          trajectory.pullback(gradients, adjoint);
        } finally {
          gradients.forEach(pool::giveBack);
        }
      }

      @Override
      public void reduce() {
        // each piece is solved as one that is not differentiated next
      }

      @Override
      public void close() {
        trajectory.close();
        states.forEach(pool::giveBack);
        states.clear();
      }
    };
  }

  private List<INDArray> borrow(INDArray like, ArrayPool pool) {
    List<INDArray> arrays = new ArrayList<>(times.length);
    for (int i = 0; i < times.length; i++) {
      arrays.add(pool.borrow(like.shape()));
    }
    return arrays;
  }

  private static void pack(List<INDArray> states, INDArray out) {
    for (int i = 0; i < states.size(); i++) {
      at(out, i).assign(states.get(i));
    }
  }

  private static INDArray at(INDArray series, int i) {
    return series.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(i));
  }
}
