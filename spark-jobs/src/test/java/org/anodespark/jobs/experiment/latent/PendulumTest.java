/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class PendulumTest {
  private static final List<Double> TIMES = List.of(0.3, 1.0, 4.0);

  @Test
  void keepsItsEnergyWithoutDamping() {
    Pendulum first = new Pendulum(2, 0, 1.2, 0.4);
    Pendulum second = new Pendulum(3, 0, 0.7, 2);
    INDArray trajectories = Pendulum.trajectories(List.of(first, second), TIMES);
    assertThat(trajectories.shape()).containsExactly(2, 2, 3);
    for (int time = 0; time < TIMES.size(); time++) {
      assertThat(energy(trajectories, 0, time)).isCloseTo(energyAtStart(first), within(1e-9));
      assertThat(energy(trajectories, 1, time)).isCloseTo(energyAtStart(second), within(1e-9));
    }
  }

  private static double energy(INDArray trajectories, int n, int time) {
    return energy(trajectories.getDouble(n, 0, time), trajectories.getDouble(n, 1, time));
  }

  private static double energyAtStart(Pendulum pendulum) {
    return energy(
        pendulum.amplitude() * Math.cos(pendulum.phase()),
        pendulum.amplitude() * Math.sin(pendulum.phase()));
  }

  private static double energy(double angle, double velocity) {
    return velocity * velocity / 2 + 1 - Math.cos(angle);
  }

  /** With small angles it is a damped harmonic oscillator. */
  @Test
  void fallsByTheClosedFormWhereAnglesAreSmall() {
    double amplitude = 1e-4;
    double damping = 0.2;
    INDArray trajectory =
        Pendulum.trajectories(List.of(new Pendulum(2, damping, amplitude, 0)), TIMES);
    double damped = Math.sqrt(4 - damping * damping);
    for (int time = 0; time < TIMES.size(); time++) {
      double t = TIMES.get(time);
      double angle =
          amplitude
              * Math.exp(-damping * t)
              * (Math.cos(damped * t) + damping / damped * Math.sin(damped * t));
      assertThat(trajectory.getDouble(0, 0, time)).isCloseTo(angle, within(1e-5 * amplitude));
    }
  }

  @Test
  void neverTurnsOverByChance() {
    Random random = new Random(1);
    List<Pendulum> pendulums = Stream.generate(() -> Pendulum.random(random)).limit(500).toList();
    assertThat(pendulums)
        .allSatisfy(pendulum -> assertThat(energyAtStart(pendulum)).isBetween(0.1, 1.9))
        .doesNotHaveDuplicates();
  }
}
