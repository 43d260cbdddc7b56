/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment.spiral;

import java.util.List;
import java.util.stream.IntStream;
import org.anodespark.jobs.experiment.series.FormulaField;
import org.anodespark.jobs.experiment.series.Trajectories;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.stochastic.StochasticProblem;
import org.anodespark.odelayers.stochastic.StochasticSteps;
import org.anodespark.odelayers.stochastic.noise.BrownianPath;
import org.anodespark.odelayers.stochastic.rungekutta.Sosri;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The spiral {@code du1 = (-alpha u1^3 + beta u2^3) dt + gamma u1 dW1, du2 = (-beta u1^3 - alpha
 * u2^3) dt + gamma u2 dW2} from (2, 0) at t = 0, in the sense of Ito.
 *
 * @param alpha how fast it goes inwards
 * @param beta how fast it turns
 * @param gamma strength of the noise
 */
public record Spiral(double alpha, double beta, double gamma) {
  /** The one of the published experiments: 0.1, 2, 0.2. */
  public static final Spiral PUBLISHED = new Spiral(0.1, 2, 0.2);

  /** Components of a state. */
  static final int SIZE = 2;

  /** Points of a published trajectory, the start among them. */
  static final int SAVE_POINTS = 30;

  /** Between two save points; a quarter of it changes the moments by less than the paths vary. */
  private static final int FINE_STEPS = 8;

  /**
   * The save points after the start: equal stretches, the last one ends at {@code end}.
   *
   * @param end positive
   */
  static List<Double> savePoints(double end) {
    return IntStream.range(1, SAVE_POINTS)
        .mapToObj(i -> i == SAVE_POINTS - 1 ? end : i * end / (SAVE_POINTS - 1))
        .toList();
  }

  /**
   * The initial state, so many times.
   *
   * @return {@code [rows, 2]}, double
   */
  static INDArray start(int rows) {
    INDArray start = Nd4j.zeros(DataType.DOUBLE, rows, SIZE);
    start.getColumn(0).assign(2.0);
    return start;
  }

  /** The right-hand side without noise, of states {@code [N, 2]} in double precision. */
  VectorField drift() {
    return new FormulaField(
        (u, out, place) -> {
          double first = u[place] * u[place] * u[place];
          double second = u[place + 1] * u[place + 1] * u[place + 1];
          out[place] = -alpha * first + beta * second;
          out[place + 1] = -beta * first - alpha * second;
        });
  }

  private VectorField diffusion() {
    return new FormulaField(
        (u, out, place) -> {
          out[place] = gamma * u[place];
          out[place + 1] = gamma * u[place + 1];
        });
  }

  /**
   * The solution without noise, to about 10 digits.
   *
   * @param times rising, after 0
   * @return {@code [1, 2, T]}, double
   */
  public INDArray trajectory(List<Double> times) {
    return Trajectories.of(drift(), start(1), times);
  }

  /**
   * Means and variances over paths, by SOSRI with eight steps between two times.
   *
   * @param times rising, after 0
   * @param paths at least 2
   * @param seed of the paths
   * @return {@code [1, 4, T]}, double: two means, two variances with denominator {@code paths - 1}
   */
  public INDArray moments(List<Double> times, int paths, long seed) {
    FixedSteps steps = new FixedSteps(FINE_STEPS);
    double[] ends = times.stream().mapToDouble(Double::doubleValue).toArray();
    StochasticProblem problem =
        new StochasticProblem(
            drift(),
            diffusion(),
            new Sosri(),
            steps,
            new BrownianPath(seed, StochasticSteps.cells(steps, 0, ends), (long) SIZE * paths),
            ArrayPool.ofCurrentThread(DataType.DOUBLE));
    INDArray series = Trajectories.along(problem.alongPath(), start(paths), times);
    return Nd4j.concat(1, series.mean(true, 0), series.var(true, 0).reshape(1, SIZE, times.size()));
  }
}
