/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.contender;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.anodespark.benchmarks.problem.Facts;
import org.anodespark.benchmarks.problem.Precision;
import org.anodespark.benchmarks.problem.Strategies;
import org.anodespark.benchmarks.problem.TrainProblem;
import org.junit.jupiter.api.Test;

class NetworksTest {
  private static final String OURS = Strategies.STORED + ", " + Precision.FLOAT32;
  private static final TrainProblem ONE_STEP = new TrainProblem(List.of(2, 3), 1, 2, 1);

  @Test
  void areTheSameLayersInBoth() {
    OdelayersNetwork ours = new OdelayersNetwork();
    StockNetwork stock = new StockNetwork();
    ours.prepare(ONE_STEP);
    stock.prepare(ONE_STEP);
    assertThat(stock.facts("ComputationGraph")).isEqualTo(ours.facts(OURS));
  }

  @Test
  void haveBlocksOfTheirOwnForEachStepInStockLayers() {
    StockNetwork stock = new StockNetwork();
    stock.prepare(ONE_STEP);
    double one = stock.facts("ComputationGraph").get(Facts.PARAMETERS);
    stock.prepare(new TrainProblem(List.of(2, 3), 2, 2, 1));
    // two convolutions with bias in each stage
    double block = 2 * (9 * 2 * 2 + 2) + 2 * (9 * 3 * 3 + 3);
    assertThat(stock.facts("ComputationGraph")).containsEntry(Facts.PARAMETERS, one + block);
  }

  @Test
  void train() {
    OdelayersNetwork ours = new OdelayersNetwork();
    StockNetwork stock = new StockNetwork();
    ours.prepare(ONE_STEP);
    stock.prepare(ONE_STEP);
    assertThat(ours.run(OURS)).isPositive();
    assertThat(stock.run("ComputationGraph")).isPositive();
  }
}
