/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.contender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Map;
import org.anodespark.benchmarks.problem.BlockProblem;
import org.anodespark.benchmarks.problem.Facts;
import org.anodespark.benchmarks.problem.Strategies;
import org.anodespark.benchmarks.process.Ready;
import org.anodespark.benchmarks.process.Unavailable;
import org.anodespark.benchmarks.process.Workload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockContendersTest {
  private static final BlockProblem EULER = BlockProblem.parse("4x8x6x2");

  /** What PyTorch 1.13 and libtorch 2.7.1 compute for {@link #EULER}. */
  private static final Map<String, Double> OF_PYTORCH =
      Map.of(
          Facts.OUTPUT_NORM, 34.72111,
          Facts.INPUT_GRADIENT_NORM, 45.17483,
          Facts.WEIGHT_GRADIENT_NORM, 137.6322);

  private static final double PERCENT = 1e-3;

  @ParameterizedTest
  @ValueSource(strings = {"FullStorage", "AnodeCheckpoint", "StepCheckpoint", "Revolve"})
  void odelayersComputesWhatPyTorchComputes(String strategy) {
    OdelayersBlock block = new OdelayersBlock();
    block.prepare(EULER);
    assertSame(block, strategy);
  }

  @Test
  void stockLayersComputeWhatPyTorchComputes() throws Unavailable {
    StockBlock block = new StockBlock();
    Ready ready = block.prepare(EULER);
    assertSame(block, ready.variants().get(0).name());
  }

  private static void assertSame(Workload<?> block, String variant) {
    Map<String, Double> facts = block.facts(variant);
    assertThat(facts).containsKeys(Facts.OUTPUT_NORM, Facts.WEIGHT_GRADIENT_NORM);
    OF_PYTORCH.forEach(
        (fact, expected) -> {
          if (facts.containsKey(fact)) {
            assertThat(facts.get(fact)).as(fact).isCloseTo(expected, withinPercentage(PERCENT));
          }
        });
  }

  @Test
  void odelayersCountsTheBytesThatItKeeps() {
    OdelayersBlock block = new OdelayersBlock();
    block.prepare(EULER);
    double stored = block.facts(Strategies.STORED).get(Facts.PEAK_SAVED_BYTES);
    block.prepare(EULER.withBatch(2 * EULER.batch()));
    // images count twice, statistics of batch norms do not
    assertThat(block.facts(Strategies.STORED).get(Facts.PEAK_SAVED_BYTES))
        .isGreaterThan(1.9 * stored)
        .isLessThanOrEqualTo(2 * stored);
  }

  @Test
  void stockLayersHaveNoOtherMethodThanEulers() {
    assertThatThrownBy(() -> new StockBlock().prepare(BlockProblem.parse("4x8x6x2-rk4")))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("Euler");
  }

  @Test
  void libtorchIsMissingWhereItsNativePartIs() {
    assertThatThrownBy(() -> new LibtorchBlock().prepare(EULER))
        .isInstanceOf(Unavailable.class)
        .hasMessageStartingWith("libtorch is not on the class path");
  }
}
