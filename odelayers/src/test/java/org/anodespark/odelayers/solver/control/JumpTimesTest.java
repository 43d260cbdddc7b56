/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JumpTimesTest {
  private static final double BEFORE = Math.nextDown(0.5);
  private static final double BEHIND = Math.nextUp(0.5);

  @Test
  void leadToTheEndIfThereIsNone() {
    assertThat(targets(0, 1)).containsExactly(1.0);
  }

  @Test
  void areNearedAndCrossedByOneStepEach() {
    assertThat(targets(0, 1, 0.5)).containsExactly(BEFORE, BEHIND, 1.0);
  }

  @Test
  void areCrossedTheOtherWayBackwardsInTime() {
    assertThat(targets(1, 0, 0.5)).containsExactly(BEHIND, BEFORE, 0.0);
  }

  @Test
  void comeInTheOrderOfTheSolve() {
    assertThat(targets(0, 1, 0.25, 0.5))
        .containsExactly(Math.nextDown(0.25), Math.nextUp(0.25), BEFORE, BEHIND, 1.0);
    assertThat(targets(1, 0, 0.25, 0.5))
        .containsExactly(BEHIND, BEFORE, Math.nextUp(0.25), Math.nextDown(0.25), 0.0);
  }

  @Test
  void doNotMatterOutsideOfTheInterval() {
    assertThat(targets(0, 1, -3, 2)).containsExactly(1.0);
    assertThat(targets(1, 0, -3, 2)).containsExactly(0.0);
  }

  @Test
  void areLeftBehindAtTheStart() {
    assertThat(targets(0.5, 1, 0.5)).containsExactly(BEHIND, 1.0);
    assertThat(targets(0.5, 0, 0.5)).containsExactly(BEFORE, 0.0);
  }

  @Test
  void areNearedAtTheEnd() {
    assertThat(targets(0, 0.5, 0.5)).containsExactly(BEFORE, 0.5);
    assertThat(targets(1, 0.5, 0.5)).containsExactly(BEHIND, 0.5);
  }

  @Test
  void mayBeTheSameOrNeighbours() {
    assertThat(targets(0, 1, 0.5, 0.5)).containsExactly(BEFORE, BEHIND, 1.0);
    assertThat(targets(0, 1, 0.5, BEHIND))
        .containsExactly(BEFORE, BEHIND, Math.nextUp(BEHIND), 1.0);
  }

  @Test
  void stayTheTargetUntilTheyAreReached() {
    JumpTimes jumps = new JumpTimes(new double[] {0.5}, 0, 1);
    assertThat(jumps.target(0)).isEqualTo(BEFORE);
    assertThat(jumps.target(0.3)).isEqualTo(BEFORE);
    assertThat(jumps.target(BEFORE)).isEqualTo(BEHIND);
  }

  /** The times that a solve comes through if each of its steps reaches its target. */
  private static List<Double> targets(double start, double end, double... rising) {
    JumpTimes jumps = new JumpTimes(rising, start, end);
    List<Double> targets = new ArrayList<>();
    double time = start;
    while (time != end) {
      time = jumps.target(time);
      targets.add(time);
    }
    return targets;
  }
}
