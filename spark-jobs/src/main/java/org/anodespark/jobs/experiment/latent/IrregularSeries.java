/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment.latent;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What was observed of time series with F features at T times of a common grid, all arrays {@code
 * [N, F, T]} in double precision. No value is both shown and sought; most are neither.
 *
 * @param values as observed; 0 where nothing was
 * @param shown 1 where a network may see the value, 0 elsewhere
 * @param sought 1 where it has to find a value that it does not see, 0 elsewhere
 */
record IrregularSeries(INDArray values, INDArray shown, INDArray sought) {
  /** Features: as many projections of a pendulum's state. */
  static final int FEATURES = 4;

  /** Where the last time of the grid is. */
  static final double END = 5;

  /** The grid: equal stretches, the first one begins at 0. */
  static final List<Double> TIMES =
      IntStream.rangeClosed(1, 20).mapToObj(i -> i * END / 20).toList();

  /** Standard deviation of the noise of an observation. */
  static final double NOISE = 0.05;

  /** Share of the times at which anything was observed. */
  static final double OBSERVED_TIMES = 0.6;

  /** Share of the features that were observed at such a time. */
  static final double OBSERVED_FEATURES = 0.8;

  /**
   * Observes random pendulums. Feature k is the component of the state in the direction of angle
   * {@code k pi / 4}, with noise.
   *
   * @param examples N, at least 1
   * @param soughtShare of the observed values, 0 to 1; the others are shown
   * @param seed the same one gives the same pendulums, observed alike
   */
  static IrregularSeries ofPendulums(int examples, double soughtShare, long seed) {
    Random random = new Random(seed);
    List<Pendulum> pendulums =
        Stream.generate(() -> Pendulum.random(random)).limit(examples).toList();
    INDArray states = Pendulum.trajectories(pendulums, TIMES);
    int times = TIMES.size();
    double[][][] values = new double[examples][FEATURES][times];
    double[][][] shown = new double[examples][FEATURES][times];
    double[][][] sought = new double[examples][FEATURES][times];
    for (int n = 0; n < examples; n++) {
      for (int t = 0; t < times; t++) {
        boolean anything = random.nextDouble() < OBSERVED_TIMES;
        for (int k = 0; k < FEATURES; k++) {
          // the same numbers are drawn whatever comes of them, so shares do not change the rest
          boolean present = random.nextDouble() < OBSERVED_FEATURES;
          boolean hidden = random.nextDouble() < soughtShare;
          double noise = NOISE * random.nextGaussian();
          if (anything && present) {
            values[n][k][t] = projection(states, n, k, t) + noise;
            (hidden ? sought : shown)[n][k][t] = 1;
          }
        }
      }
    }
    return new IrregularSeries(
        Nd4j.createFromArray(values), Nd4j.createFromArray(shown), Nd4j.createFromArray(sought));
  }

  private static double projection(INDArray states, int n, int feature, int time) {
    double angle = feature * Math.PI / FEATURES;
    return Math.cos(angle) * states.getDouble(n, 0, time)
        + Math.sin(angle) * states.getDouble(n, 1, time);
  }

  /**
   * What a recognition network reads, the latest time first: values and 0 where none is shown, the
   * mask of those that are shown, and how much later the next time is at which one is shown, 0 if
   * there is none.
   *
   * @return {@code [N, 2 F + 1, T]}, double
   */
  INDArray inputs() {
    int examples = (int) values.size(0);
    int last = TIMES.size() - 1;
    double[][][] inputs = new double[examples][2 * FEATURES + 1][last + 1];
    for (int n = 0; n < examples; n++) {
      double later = Double.NaN;
      for (int t = last; t >= 0; t--) {
        double time = TIMES.get(t);
        inputs[n][2 * FEATURES][last - t] = Double.isNaN(later) ? 0 : later - time;
        for (int k = 0; k < FEATURES; k++) {
          if (shown.getDouble(n, k, t) == 1) {
            inputs[n][k][last - t] = values.getDouble(n, k, t);
            inputs[n][FEATURES + k][last - t] = 1;
            later = time;
          }
        }
      }
    }
    return Nd4j.createFromArray(inputs);
  }

  /**
   * The mean square error at the values that are sought.
   *
   * @param output {@code [N, F, T]}
   */
  double errorOfSought(INDArray output) {
    INDArray error = output.sub(values).muli(sought);
    return error.muli(error).sumNumber().doubleValue() / sought.sumNumber().doubleValue();
  }
}
