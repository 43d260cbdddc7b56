/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.anodespark.odelayers.solver.SolveStatistics;
import org.junit.jupiter.api.Test;

class SolveCountsTest {
  private static final SolveStatistics STATISTICS =
      new SolveStatistics(1200, 600, 0, 0, 200, 3, 0.25, 0.5, 100, 0);

  @Test
  void tellsOfEachBlockOfAllTasks() {
    SolveCounts first = new SolveCounts();
    first.add(Map.of("ode2", STATISTICS));
    SolveCounts second = new SolveCounts();
    second.add(Map.of("ode2", STATISTICS, "ode1", STATISTICS));

    first.merge(second);

    assertThat(first.value())
        .isEqualTo(
            "ode1: 1,200 evaluations, 600 again, 200 steps, 3 rejected;"
                + " ode2: 2,400 evaluations, 1,200 again, 400 steps, 6 rejected");
  }

  @Test
  void aCopyStandsOnItsOwn() {
    SolveCounts counts = new SolveCounts();
    counts.add(Map.of("ode1", STATISTICS));
    SolveCounts copy = counts.copy();

    counts.reset();

    assertThat(counts.isZero()).isTrue();
    assertThat(copy.value()).startsWith("ode1: 1,200 evaluations");
  }
}
