/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationCountTest {
  @Test
  void countsTwoOperationsForEachTermOfEachOutput() {
    long outputs = 64L * 32 * 32 * 64;
    long termsOfAnOutput = 9 * 64;
    assertThat(OperationCount.convolution(64, 32, 64)).isEqualTo(2 * outputs * termsOfAnOutput);
  }

  /** An evaluation is two convolutions, a pullback four: in units of a convolution. */
  @ParameterizedTest
  @CsvSource({
    "2x3x4x5-euler, FullStorage,     5 * 2 + 5 * 4,            30",
    "2x3x4x5-euler, AnodeCheckpoint, 5 * 2 + 5 * 2 + 5 * 4,    40",
    "2x3x4x2-rk4,   FullStorage,     8 * 2 + 8 * 4,            48",
    "2x3x4x2-rk4,   AnodeCheckpoint, 8 * 2 + 8 * 2 + 8 * 4,    64",
  })
  void countsWhatTheStrategyNeeds(
      String problem, String strategy, String derivation, long convolutions) {
    assertThat(OperationCount.block(BlockProblem.parse(problem), Strategies.of(strategy)))
        .as(derivation)
        .isEqualTo(convolutions * OperationCount.convolution(2, 3, 4));
  }

  @Test
  void countsTwoOperationsForEachTermOfAMatrixProduct() {
    assertThat(OperationCount.matrixProduct(2048)).isEqualTo(17_179_869_184L);
  }
}
