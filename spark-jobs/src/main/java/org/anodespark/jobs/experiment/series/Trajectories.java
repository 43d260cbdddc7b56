/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment.series;

import java.util.List;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.SolveCounter;
import org.anodespark.odelayers.solver.control.AdaptiveSteps;
import org.anodespark.odelayers.solver.rungekutta.Tsitouras;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Solutions from t = 0 at given times, as time series of data, double. */
public final class Trajectories {
  private static final double TOLERANCE = 1e-11;

  private Trajectories() {}

  /**
   * Solutions to about 10 digits.
   *
   * @param field without noise
   * @param start {@code [N, C]}
   * @param times rising, after 0
   * @return {@code [N, C, T]}
   */
  public static INDArray of(VectorField field, INDArray start, List<Double> times) {
    return along(
        new InitialValueProblem(
            field,
            new Tsitouras(),
            new AdaptiveSteps(TOLERANCE, TOLERANCE),
            0,
            times.get(times.size() - 1),
            new SolveCounter(),
            ArrayPool.ofCurrentThread(DataType.DOUBLE)),
        start,
        times);
  }

  /**
   * Solutions of any problem, by its own method and steps from each time to the next.
   *
   * @param problem says how the field is solved
   * @param start {@code [N, C]}
   * @param times rising, after 0
   * @return {@code [N, C, T]}
   */
  public static INDArray along(InitialValueProblem problem, INDArray start, List<Double> times) {
    INDArray series = Nd4j.create(DataType.DOUBLE, start.size(0), start.size(1), times.size());
    INDArray state = start.dup();
    INDArray next = state.ulike();
    double time = 0;
    for (int i = 0; i < times.size(); i++) {
      problem.between(time, times.get(i)).solve(state, next);
      state.assign(next);
      time = times.get(i);
      series.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(i)).assign(next);
    }
    return series;
  }
}
