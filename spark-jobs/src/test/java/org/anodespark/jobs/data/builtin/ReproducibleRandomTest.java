/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ReproducibleRandomTest {
  private static final int DRAWS = 100_000;

  @Property(tries = 200)
  void belowStaysBelow(@ForAll long seed, @ForAll @IntRange(min = 1) int bound) {
    assertThat(new ReproducibleRandom(seed).below(bound)).isBetween(0, bound - 1);
  }

  @Property(tries = 200)
  void betweenStaysBetween(@ForAll long seed) {
    assertThat(new ReproducibleRandom(seed).between(-2, 3))
        .isGreaterThanOrEqualTo(-2)
        .isLessThan(3);
  }

  @Test
  void normalHasMean0AndDeviation1() {
    ReproducibleRandom random = new ReproducibleRandom(1);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < DRAWS; i++) {
      double value = random.normal();
      sum += value;
      squares += value * value;
    }
    assertThat(sum / DRAWS).isCloseTo(0, within(0.01));
    assertThat(squares / DRAWS).isCloseTo(1, within(0.01));
  }

  @Test
  void belowReachesEveryNumberAboutEquallyOften() {
    ReproducibleRandom random = new ReproducibleRandom(1);
    int[] counts = new int[10];
    for (int i = 0; i < DRAWS; i++) {
      counts[random.below(10)]++;
    }
    for (int count : counts) {
      assertThat(count).isBetween(9_500, 10_500);
    }
  }
}
