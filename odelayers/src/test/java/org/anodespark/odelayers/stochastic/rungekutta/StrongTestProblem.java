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

/** Equations on [0, 1] whose solution is a function of W(1). */
enum StrongTestProblem {
  /** {@code du = 0.5 u dt + 0.6 u dW, u(0) = 1}: {@code u = exp((0.5 - 0.18) t + 0.6 W)}. */
  GEOMETRIC_BROWNIAN_MOTION(
      new ArrayField((t, u) -> u.mul(0.5)), new ArrayField((t, u) -> u.mul(0.6))) {
    @Override
    INDArray solution(INDArray w) {
      return Transforms.exp(w.mul(0.6).addi(0.32));
    }
  },

  /**
   * {@code du = (1 / sqrt(1 + t) - u / (2 (1 + t))) dt + 0.8 / sqrt(1 + t) dW, u(0) = 1}: {@code u
   * = (1 + t + 0.8 W) / sqrt(1 + t)} (Rackauckas and Nie, 2017).
   */
  ADDITIVE_NOISE(
      new ArrayField((t, u) -> u.mul(-0.5 / (1 + t)).addi(1 / Math.sqrt(1 + t))),
      new ArrayField((t, u) -> u.ulike().assign(0.8 / Math.sqrt(1 + t)))) {
    @Override
    INDArray solution(INDArray w) {
      return w.mul(0.8).addi(2).divi(Math.sqrt(2));
    }
  };

  static final int PATHS = 10_000;

  private static final int[] STEPS = {8, 16, 32, 64};
  private static final long SEED = 20;

  final VectorField drift;
  final VectorField diffusion;

  StrongTestProblem(VectorField drift, VectorField diffusion) {
    this.drift = drift;
    this.diffusion = diffusion;
  }

  /** u(1) for W(1), path by path. */
  abstract INDArray solution(INDArray w);

  /** The same paths for every number of steps. */
  static BrownianPath paths() {
    return new BrownianPath(SEED, TimeGrid.equalSteps(0, 1, STEPS[STEPS.length - 1]), PATHS);
  }

  INDArray exactEnd() {
    INDArray w = Nd4j.zeros(DataType.DOUBLE, PATHS);
    paths().over(0, 1, w, null);
    return solution(w);
  }

  /** The slope of the logarithm of the root mean square error over that of h, by least squares. */
  double measuredOrder(StochasticRungeKutta method) {
    INDArray exact = exactEnd();
    double[] x = new double[STEPS.length];
    double[] y = new double[STEPS.length];
    for (int i = 0; i < STEPS.length; i++) {
      INDArray end = exact.ulike();
      new StochasticProblem(
              drift,
              diffusion,
              method,
              new FixedSteps(STEPS[i]),
              paths(),
              ArrayPool.ofCurrentThread(DataType.DOUBLE))
          .solve(Nd4j.ones(DataType.DOUBLE, PATHS), end);
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
