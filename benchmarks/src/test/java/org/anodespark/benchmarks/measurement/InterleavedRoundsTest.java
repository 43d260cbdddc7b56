/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterleavedRoundsTest {
  private final List<String> calls = new ArrayList<>();

  private Timed counting(String name) {
    return () -> {
      calls.add(name);
      return calls.size();
    };
  }

  @Test
  void runsEverythingOnceInEachRound() throws IOException {
    new InterleavedRounds(1, 2, 0).measure(List.of(counting("ours"), counting("peer")));
    assertThat(calls).containsExactly("ours", "peer", "ours", "peer", "ours", "peer");
  }

  @Test
  void forgetsTheRoundsThatWarmUp() throws IOException {
    List<Sample> samples =
        new InterleavedRounds(1, 2, 0).measure(List.of(counting("ours"), counting("peer")));
    assertThat(samples)
        .containsExactly(new Sample(List.of(3.0, 5.0)), new Sample(List.of(4.0, 6.0)));
  }

  @Test
  void refusesNumbersOutOfRange() {
    assertThatThrownBy(() -> new InterleavedRounds(0, 0, 0))
        .hasMessage("rounds = 0, expected at least 1.");
    assertThatThrownBy(() -> new InterleavedRounds(-1, 1, 0))
        .hasMessage("warm-up = -1, expected at least 0.");
  }
}
