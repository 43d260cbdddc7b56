/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.pruning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MedianStoppingTest {
  private final Pruning median = new MedianStopping(1, 2, 3, 6);

  @Test
  void rungsAreEquallyFarApartUpToTheWholeTraining() {
    assertThat(median.rungs()).containsExactly(1, 3, 5, 6);
  }

  @Test
  void aTrialGoesOnWhileTooFewOthersCameSoFar() {
    List<Standing> standings =
        List.of(done(0, 0.9), done(1, 0.8), new Standing(2, 1, List.of(0.1), false, false));
    assertThat(median.decide(standings)).contains(new Decision(2, true));
  }

  @Test
  void whoIsBelowTheMedianOfTheOthersMeansIsEnded() {
    List<Standing> others = List.of(done(0, 0.2, 0.6), done(1, 0.4, 0.6), done(2, 0.1, 0.9));
    // means up to the second rung: 0.4, 0.5, 0.5
    assertThat(median.decide(with(others, new Standing(3, 2, List.of(0.3, 0.49), false, false))))
        .contains(new Decision(3, false));
    assertThat(median.decide(with(others, new Standing(3, 2, List.of(0.3, 0.5), false, false))))
        .contains(new Decision(3, true));
    // its best so far counts, not its latest
    assertThat(median.decide(with(others, new Standing(3, 2, List.of(0.6, 0.1), false, false))))
        .contains(new Decision(3, true));
  }

  /** One that waits for nothing: it is on its way to the next rung. */
  private static Standing done(int trial, double... benefits) {
    List<Double> list = Arrays.stream(benefits).boxed().toList();
    return new Standing(trial, list.size() + 1, list, false, false);
  }

  private static List<Standing> with(List<Standing> others, Standing last) {
    return Stream.concat(others.stream(), Stream.of(last)).toList();
  }
}
