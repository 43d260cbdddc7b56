/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinomialScheduleTest extends CheckpointScheduleContractTest {
  private static final int MOST_STEPS = 64;
  private static final int MOST_SNAPSHOTS = 12;

  @Override
  CheckpointSchedule schedule(int steps, int snapshots) {
    return new BinomialSchedule(steps, snapshots);
  }

  @ParameterizedTest
  @CsvSource({
    "4, 6, 4, 3, 3, 3, 3, 3",
    "8, 28, 14, 11, 10, 9, 7, 7",
    "10, 45, 20, 15, 14, 13, 10, 9",
    "16, 120, 45, 33, 27, 25, 22, 20",
    "128, 8128, 1240, 694, 516, 430, 329, 306"
  })
  void needsTheAdvancesOfTheTable(
      int steps,
      long with1,
      long with2,
      long with3,
      long with4,
      long with5,
      long with8,
      long with10) {
    assertThat(List.of(1, 2, 3, 4, 5, 8, 10))
        .extracting(snapshots -> ScheduleCost.of(schedule(steps, snapshots), steps).advances())
        .containsExactly(with1, with2, with3, with4, with5, with8, with10);
  }

  @Test
  void needsAsFewAdvancesAsTheBestOfAllSchedules() {
    long[][] fewest = fewestAdvances();
    for (int steps = 1; steps <= MOST_STEPS; steps++) {
      for (int snapshots = 1; snapshots <= MOST_SNAPSHOTS; snapshots++) {
        assertThat(ScheduleCost.of(schedule(steps, snapshots), steps).advances())
            .as("%d steps, %d snapshots", steps, snapshots)
            .isEqualTo(fewest[steps][snapshots]);
      }
    }
  }

  @Test
  void statesTheAdvancesOfTheBestOfAllSchedules() {
    long[][] fewest = fewestAdvances();
    for (int steps = 1; steps <= MOST_STEPS; steps++) {
      for (int snapshots = 1; snapshots <= MOST_SNAPSHOTS; snapshots++) {
        assertThat(BinomialSchedule.advances(steps, snapshots))
            .as("%d steps, %d snapshots", steps, snapshots)
            .isEqualTo(fewest[steps][snapshots]);
      }
    }
  }

  @Property(tries = 300)
  void needsTheAdvancesThatItStates(
      @ForAll @IntRange(min = 1, max = 5000) int steps,
      @ForAll @IntRange(min = 3, max = 1000) int snapshots) {
    assertThat(ScheduleCost.of(schedule(steps, snapshots), steps).advances())
        .isEqualTo(BinomialSchedule.advances(steps, snapshots));
  }

  @Property(tries = 100)
  void statesAdvancesWithoutOverflow(
      @ForAll @IntRange(min = 1) int steps, @ForAll @IntRange(min = 3) int snapshots) {
    assertThat(BigInteger.valueOf(BinomialSchedule.advances(steps, snapshots)))
        .isEqualTo(closedForm(steps, snapshots));
  }

  @Test
  void statesTheAdvancesOfTheLongestChainThatKeepsItsInitialStateOnly() {
    assertThat(BinomialSchedule.advances(Integer.MAX_VALUE, 1))
        .isEqualTo(Integer.MAX_VALUE * (Integer.MAX_VALUE - 1L) / 2);
  }

  @Property(tries = 50)
  void countsNoAdvanceOfASingleStep(@ForAll @IntRange(min = 1) int snapshots) {
    assertThat(BinomialSchedule.advances(1, snapshots)).isZero();
  }

  @Test
  void needsTheAdvancesThatItStatesForAHundredThousandSteps() {
    assertThat(ScheduleCost.of(schedule(100_000, 10), 100_000).advances())
        .isEqualTo(BinomialSchedule.advances(100_000, 10));
  }

  @Test
  void refusesZeroSteps() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BinomialSchedule(0, 3))
        .withMessage("steps = 0, expected at least 1.");
  }

  @Test
  void refusesMoreStepsThanItWasMadeFor() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScheduleCost.of(schedule(4, 2), 5))
        .withMessageContaining("State 4 was offered in a sweep that ends at state 3");
  }

  @Test
  void refusesToStateTheAdvancesOfZeroSteps() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BinomialSchedule.advances(0, 3))
        .withMessage("steps = 0, expected at least 1.");
  }

  /** By trying every place of the first state to keep; indices are steps and snapshots. */
  private static long[][] fewestAdvances() {
    long[][] fewest = new long[MOST_STEPS + 1][MOST_SNAPSHOTS + 1];
    for (int steps = 2; steps <= MOST_STEPS; steps++) {
      fewest[steps][1] = steps * (steps - 1L) / 2;
      for (int snapshots = 2; snapshots <= MOST_SNAPSHOTS; snapshots++) {
        fewest[steps][snapshots] = Long.MAX_VALUE;
        for (int first = 1; first < steps; first++) {
          fewest[steps][snapshots] =
              Math.min(
                  fewest[steps][snapshots],
                  first + fewest[first][snapshots] + fewest[steps - first][snapshots - 1]);
        }
      }
    }
    return fewest;
  }

  /** r N - C(k + r, r - 1) with the least r for which C(k + r, r) is at least N. */
  private static BigInteger closedForm(int steps, int snapshots) {
    BigInteger wanted = BigInteger.valueOf(steps);
    long repetitions = 0;
    while (binomial((long) snapshots + repetitions, repetitions).compareTo(wanted) < 0) {
      repetitions++;
    }
    return wanted
        .multiply(BigInteger.valueOf(repetitions))
        .subtract(binomial((long) snapshots + repetitions, repetitions - 1));
  }

  private static BigInteger binomial(long n, long k) {
    if (k < 0) {
      return BigInteger.ZERO;
    }
    BigInteger result = BigInteger.ONE;
    for (long factor = 1; factor <= k; factor++) {
      result =
          result.multiply(BigInteger.valueOf(n - k + factor)).divide(BigInteger.valueOf(factor));
    }
    return result;
  }
}
