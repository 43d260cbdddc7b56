/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.stochastic.rungekutta;

import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.TimeGrid;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.stochastic.StochasticProblem;
import org.anodespark.odelayers.stochastic.noise.BrownianPath;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Equations on [0, 1] with u(0) = 1 whose solutions are known path by path. */
abstract class StrongTestProblem {
  private static final int PATHS = 10_000;

  private static final int[] STEPS = {8, 16, 32, 64};
  private static final long SEED = 20;

  /** {@code du = 0.5 u dt + 0.6 u dW}: {@code u = exp((0.5 - 0.18) t + 0.6 W)}. */
  static final StrongTestProblem GEOMETRIC_BROWNIAN_MOTION =
      new StrongTestProblem(
          new ArrayField((t, u) -> u.mul(0.5)), new ArrayField((t, u) -> u.mul(0.6)), 64) {
        @Override
        INDArray end(BrownianPath paths) {
          INDArray w = Nd4j.zeros(DataType.DOUBLE, paths.entries());
          paths.over(0, 1, w, null);
          return Transforms.exp(w.mul(0.6).addi(0.32));
        }
      };

  /**
   * {@code du = sin(2 u) dt + 0.8 dW}, against a solution on an eighth of the shortest step. (A
   * drift without curvature would not do: for additive noise and linear drift the methods of order
   * 1.5 are of order 2.)
   */
  static final StrongTestProblem ADDITIVE_NOISE =
      new StrongTestProblem(
          new ArrayField((t, u) -> Transforms.sin(u.mul(2))),
          new ArrayField((t, u) -> u.ulike().assign(0.8)),
          512) {
        @Override
        INDArray end(BrownianPath paths) {
          return solve(new Sosri(), 512, paths);
        }
      };

  final VectorField drift;
  final VectorField diffusion;
  private final int cells;
  private INDArray exact;

  private StrongTestProblem(VectorField drift, VectorField diffusion, int cells) {
    this.drift = drift;
    this.diffusion = diffusion;
    this.cells = cells;
  }

  /** u(1) on each path. */
  abstract INDArray end(BrownianPath paths);

  /** u(1) by a method with equal steps. */
  INDArray solve(StochasticRungeKutta method, int steps, BrownianPath paths) {
    INDArray end = Nd4j.zeros(DataType.DOUBLE, paths.entries());
    new StochasticProblem(
            drift,
            diffusion,
            method,
            new FixedSteps(steps),
            paths,
            ArrayPool.ofCurrentThread(DataType.DOUBLE))
        .solve(end.add(1), end);
    return end;
  }

  /** The same paths for every number of steps. */
  private BrownianPath paths() {
    return new BrownianPath(SEED, TimeGrid.equalSteps(0, 1, cells), PATHS);
  }

  /** The slope of the logarithm of the root mean square error over that of h, by least squares. */
  double measuredOrder(StochasticRungeKutta method) {
    if (exact == null) {
      exact = end(paths());
    }
    double[] x = new double[STEPS.length];
    double[] y = new double[STEPS.length];
    for (int i = 0; i < STEPS.length; i++) {
      INDArray end = solve(method, STEPS[i], paths());
      x[i] = -Math.log(STEPS[i]);
      y[i] = Math.log(end.distance2(exact) / Math.sqrt(PATHS));
    }
    return slope(x, y);
  }

  private static double slope(double[] x, double[] y) {
    double meanX = mean(x);
    double meanY = mean(y);
    double numerator = 0;
    double denominator = 0;
    for (int i = 0; i < x.length; i++) {
      numerator += (x[i] - meanX) * (y[i] - meanY);
      denominator += (x[i] - meanX) * (x[i] - meanX);
    }
    return numerator / denominator;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
