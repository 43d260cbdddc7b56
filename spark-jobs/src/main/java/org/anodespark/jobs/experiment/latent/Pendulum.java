/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment.latent;

import java.util.List;
import java.util.Random;
import org.anodespark.jobs.experiment.series.FormulaField;
import org.anodespark.jobs.experiment.series.Trajectories;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A damped pendulum: {@code du1 = frequency u2 dt, du2 = -(frequency sin u1 + 2 damping u2) dt}
 * from {@code amplitude (cos phase, sin phase)} at t = 0. u1 is the angle, u2 the angular velocity
 * by the frequency, so both have about the same size.
 *
 * @param frequency of small oscillations without damping, radians per unit of time
 * @param damping at which small oscillations decay, per unit of time
 * @param amplitude at the start, radians
 * @param phase at the start, radians
 */
record Pendulum(double frequency, double damping, double amplitude, double phase) {
  /** Components of a state. */
  static final int SIZE = 2;

  private static final double LEAST_FREQUENCY = 1.5;
  private static final double GREATEST_FREQUENCY = 3;
  private static final double GREATEST_DAMPING = 0.3;
  private static final double LEAST_AMPLITUDE = 0.5;

  /** Small enough for no pendulum to turn over: that takes an energy of 2, this gives 1.1. */
  private static final double GREATEST_AMPLITUDE = 1.5;

  /** One with random properties, uniform in their ranges; two complete oscillations or so in 5. */
  static Pendulum random(Random random) {
    return new Pendulum(
        uniform(random, LEAST_FREQUENCY, GREATEST_FREQUENCY),
        uniform(random, 0, GREATEST_DAMPING),
        uniform(random, LEAST_AMPLITUDE, GREATEST_AMPLITUDE),
        uniform(random, 0, 2 * Math.PI));
  }

  private static double uniform(Random random, double least, double greatest) {
    return least + (greatest - least) * random.nextDouble();
  }

  /**
   * How they move, to about 10 digits.
   *
   * @param pendulums at least one
   * @param times rising, after 0
   * @return {@code [N, 2, T]}, double
   */
  static INDArray trajectories(List<Pendulum> pendulums, List<Double> times) {
    double[][] start = new double[pendulums.size()][];
    for (int n = 0; n < start.length; n++) {
      start[n] = pendulums.get(n).start();
    }
    FormulaField field =
        new FormulaField((u, out, place) -> pendulums.get(place / SIZE).writeSlope(u, out, place));
    return Trajectories.of(field, Nd4j.createFromArray(start), times);
  }

  private double[] start() {
    return new double[] {amplitude * Math.cos(phase), amplitude * Math.sin(phase)};
  }

  private void writeSlope(double[] u, double[] out, int place) {
    out[place] = frequency * u[place + 1];
    out[place + 1] = -frequency * Math.sin(u[place]) - 2 * damping * u[place + 1];
  }
}
