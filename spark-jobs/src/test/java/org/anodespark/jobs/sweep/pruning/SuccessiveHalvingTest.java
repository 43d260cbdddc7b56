/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.pruning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SuccessiveHalvingTest {
  private final Pruning halving = new SuccessiveHalving(1, 3, 9);

  @Test
  void rungsAreTheFactorApartUpToTheWholeTraining() {
    assertThat(halving.rungs()).containsExactly(1, 3, 9);
    assertThat(new SuccessiveHalving(2, 2, 30).rungs()).containsExactly(2, 4, 8, 16, 30);
    assertThat(new SuccessiveHalving(5, 2, 5).rungs()).containsExactly(5);
  }

  /**
   * Nine trials, one after the other on one executor, worked out by hand with algorithm 2 of Li et
   * al. (2020), factor 3, rungs 1, 3 and 9.
   *
   * <pre>
   * trial      0    1    2    3    4    5    6    7     8
   * at rung 1  0.1  0.5  0.3  0.6  0.2  0.4  0.9  0.7   0.8
   * at rung 3       0.6       0.7            0.5  0.55  0.65
   * </pre>
   *
   * <p>One of three, four or five may go on from rung 1: after trial 2 that is 1; after trial 3 it
   * is 3. After trial 5 two of six may, which are 3 and 1 already. After trial 6 two of seven may,
   * 6 and 3, so 6 goes on; then three have come to rung 3, and the best of them, 3, goes on to rung
   * 9. After trial 7 two of eight may, 6 and 7; after trial 8 three of nine, 6, 8 and 7. Of four
   * and five at rung 3 one may go on, and 3 has.
   */
  @Test
  void promotesAsTheExampleThatWasWorkedByHand() {
    double[] first = {0.1, 0.5, 0.3, 0.6, 0.2, 0.4, 0.9, 0.7, 0.8};
    double[] second = {0, 0.6, 0, 0.7, 0, 0, 0.5, 0.55, 0.65};
    List<String> promotions = new ArrayList<>();
    List<Standing> standings = new ArrayList<>();
    int next = 0;
    while (true) {
      Optional<Decision> decision = halving.decide(standings);
      if (decision.isPresent()) {
        int trial = decision.get().trial();
        Standing before = standings.get(trial);
        assertThat(decision.get().goesOn()).isTrue();
        promotions.add("%d to %d".formatted(trial, halving.rungs().get(before.decided())));
        List<Double> benefits = new ArrayList<>(before.benefits());
        benefits.add(before.decided() == 1 ? second[trial] : 1.0);
        standings.set(trial, new Standing(trial, before.decided() + 1, benefits, false, false));
      } else if (next < first.length) {
        standings.add(new Standing(next, 1, List.of(first[next]), false, false));
        next++;
      } else {
        break;
      }
    }
    assertThat(promotions)
        .containsExactly("1 to 3", "3 to 3", "6 to 3", "3 to 9", "7 to 3", "8 to 3");
  }

  @Test
  void aTrialThatFailedCountsAsTheWorst() {
    List<Standing> standings = new ArrayList<>();
    standings.add(new Standing(0, 1, List.of(0.5), false, false));
    standings.add(new Standing(1, 1, List.of(), false, true));
    assertThat(halving.decide(standings)).isEmpty();

    standings.add(new Standing(2, 1, List.of(), false, true));
    assertThat(halving.decide(standings)).contains(new Decision(0, true));
  }

  @Test
  void aTrialThatFailedAfterItWasPromotedLeavesItsPlaceToTheNextBest() {
    List<Standing> standings =
        List.of(
            new Standing(0, 2, List.of(0.9), false, true),
            new Standing(1, 1, List.of(0.5), false, false),
            new Standing(2, 1, List.of(0.4), false, false));
    assertThat(halving.decide(standings)).contains(new Decision(1, true));
  }

  @Test
  void notANumberIsTheWorst() {
    List<Standing> standings =
        List.of(
            new Standing(0, 1, List.of(Double.NaN), false, false),
            new Standing(1, 1, List.of(-5.0), false, false),
            new Standing(2, 1, List.of(Double.NaN), false, false));
    assertThat(halving.decide(standings)).contains(new Decision(1, true));
  }

  @Test
  void equalsGoInTheOrderOfTheirNumbers() {
    List<Standing> standings =
        List.of(
            new Standing(0, 1, List.of(0.5), false, false),
            new Standing(1, 1, List.of(0.5), false, false),
            new Standing(2, 1, List.of(0.5), false, false));
    assertThat(halving.decide(standings)).contains(new Decision(0, true));
  }

  @Test
  void whoIsOnTheWayToTheNextRungIsNotPromotedTwice() {
    List<Standing> standings =
        List.of(
            new Standing(0, 2, List.of(0.9), false, false),
            new Standing(1, 1, List.of(0.5), false, false),
            new Standing(2, 1, List.of(0.4), false, false));
    assertThat(halving.decide(standings)).isEmpty();
  }
}
