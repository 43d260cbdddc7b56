/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TestPatternTest {
  private static final BlockProblem PROBLEM = BlockProblem.parse("2x3x4x1");

  @Test
  void isWhatItSaysToBe() {
    float[] input = TestPattern.input(PROBLEM);
    assertThat(input).hasSize(4 * 2 * 3 * 3);
    // 0; 31 + 7919; 31 * 4 + 7919 * 2 - 10007
    assertThat(input[0]).isEqualTo(-1f);
    assertThat(input[1]).isCloseTo((float) (7950 / 5003.0 - 1), within(1e-7f));
    assertThat(input[2]).isCloseTo((float) (5955 / 5003.0 - 1), within(1e-7f));
  }

  @Test
  void scalesWeightsAndHasOthersForEachConvolution() {
    float[] first = TestPattern.weights(PROBLEM, 0);
    float[] second = TestPattern.weights(PROBLEM, 1);
    assertThat(first).hasSize(2 * 2 * 9);
    assertThat(first[0]).isCloseTo((float) ((1000 / 5003.0 - 1) / 3), within(1e-7f));
    assertThat(second[0]).isCloseTo((float) ((2000 / 5003.0 - 1) / 3), within(1e-7f));
  }
}
