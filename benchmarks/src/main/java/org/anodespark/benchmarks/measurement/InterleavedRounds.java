/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.measurement;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import org.anodespark.examples.program.Require;

/**
 * Measures several things in turns: in each round every one once, always in the same order. So what
 * else happens on the machine meets all of them alike.
 *
 * @param warmUp rounds before the measured ones, not negative
 * @param rounds measured rounds, at least 1
 * @param pauseMilliseconds between two runs, long enough for the threads of the one before to stop
 *     spinning; OpenMP's do so for some milliseconds
 */
public record InterleavedRounds(int warmUp, int rounds, int pauseMilliseconds) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range, naming it
   */
  public InterleavedRounds {
    Require.atLeast(0, warmUp, "warm-up");
    Require.atLeast(1, rounds, "rounds");
  }

  /**
   * Runs all rounds.
   *
   * @return a sample for each thing that was measured, in their order
   * @throws IOException if one of them fails
   */
  public List<Sample> measure(List<? extends Timed> timed) throws IOException {
    List<List<Double>> values = new ArrayList<>();
    timed.forEach(ignored -> values.add(new ArrayList<>()));
    for (int round = -warmUp; round < rounds; round++) {
      for (int i = 0; i < timed.size(); i++) {
        double value = timed.get(i).run();
        if (round >= 0) {
          values.get(i).add(value);
        }
        rest();
      }
    }
    return values.stream().map(Sample::new).toList();
  }

  private void rest() throws IOException {
    try {
      Thread.sleep(pauseMilliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted between two measurements.");
    }
  }
}
