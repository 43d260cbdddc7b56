/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.DoubleSummaryStatistics;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnlineScheduleTest extends CheckpointScheduleContractTest {
  @Override
  CheckpointSchedule schedule(int steps, int snapshots) {
    return new OnlineSchedule(snapshots);
  }

  @ParameterizedTest
  @CsvSource({
    "2, 0 1 2",
    "3, 0 1 2", // passed over: all levels are 0
    "4, 0 1 4", // state 4 has level 1, so that state 2 gives way
    "5, 0 4 5", // and state 1
    "6, 0 4 5",
    "7, 0 4 7", // state 7 has level 1, so that state 5 gives way
    "9, 0 4 7",
    "10, 0 4 10", // state 10 has level 2, so that state 7 gives way
    "11, 0 10 11" // and state 4
  })
  void keepsTheStatesThatTheLevelsLeave(int last, String expected) {
    OnlineSchedule schedule = new OnlineSchedule(3);
    TreeSet<Integer> kept = new TreeSet<>();
    kept.add(0);
    for (int state = 1; state <= last; state++) {
      Decision decision = schedule.reach(state);
      kept.remove(decision.drop());
      if (decision.keep()) {
        kept.add(state);
      }
    }

    assertThat(kept).extracting(String::valueOf).containsExactly(expected.split(" "));
  }

  @Test
  void needsAtMost34PercentMoreAdvancesThanTheOptimum() {
    assertThat(advancesRelativeToOptimum().getMax()).isLessThan(1.34);
  }

  @Test
  void needs6PercentMoreAdvancesThanTheOptimumOnAverage() {
    assertThat(advancesRelativeToOptimum().getAverage()).isBetween(1.055, 1.065);
  }

  private static DoubleSummaryStatistics advancesRelativeToOptimum() {
    DoubleSummaryStatistics ratios = new DoubleSummaryStatistics();
    for (int steps = 2; steps <= 600; steps++) {
      for (int snapshots = 2; snapshots <= 12; snapshots++) {
        ratios.accept(
            ScheduleCost.of(new OnlineSchedule(snapshots), steps).advances()
                / (double) BinomialSchedule.advances(steps, snapshots));
      }
    }
    return ratios;
  }
}
