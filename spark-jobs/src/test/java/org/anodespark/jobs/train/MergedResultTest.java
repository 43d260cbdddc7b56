/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.stream.Stream;
import org.anodespark.jobs.testing.TinyNetworks;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

class MergedResultTest {
  static Stream<ComputationGraph> networksWithRunningStatistics() {
    return Stream.of(
        TinyNetworks.batchNormalised(new Sgd(0.1)),
        TinyNetworks.odeWithBatchNorm(new Sgd(0.1)),
        TinyNetworks.odeWithBatchNormPerStep(new Sgd(0.1)));
  }

  @ParameterizedTest
  @MethodSource("networksWithRunningStatistics")
  void runningStatisticsTakeTheAverageWhereParametersGoBeyond(ComputationGraph network) {
    network.setParams(Nd4j.ones(network.params().shape()));

    apply(network, Nd4j.zeros(network.params().shape()).addi(0.5));

    Map<String, INDArray> parameters = network.paramTable();
    assertThat(parameters.keySet()).anyMatch(MergedResultTest::isStatistic);
    parameters.forEach(
        (name, array) ->
            assertThat(array.dup().data().asFloat())
                .as(name)
                .containsOnly(isStatistic(name) ? 0.5f : -0.5f));
  }

  /**
   * By the names that DL4J's and this project's batch norms have; those of steps end in a number.
   */
  private static boolean isStatistic(String name) {
    return name.matches(".*[_.](mean|var|log10stdev)\\d*");
  }

  @Test
  void whatGoesBeyondAConstraintComesBackToIt() {
    ComputationGraph network = TinyNetworks.evolving();
    network.getLayer("ode").getParam("0.diffusion").assign(0.1);
    network.getLayer("ode").getParam("0.reaction").assign(0.1);

    apply(network, network.params().dup().muli(0.5));

    assertThat(network.getLayer("ode").getParam("0.reaction").maxNumber().floatValue())
        .isEqualTo(-0.05f, within(1e-6f));
    assertThat(network.getLayer("ode").getParam("0.diffusion").norm1Number().floatValue()).isZero();
  }

  /** From rest, x - 2 (d + 0.5 d) with d = x - average: three times as far as the average. */
  private static void apply(ComputationGraph network, INDArray average) {
    new MergedResult(average, null, 1.0, 0).applyTo(network, new OuterOptimizer(0.5, 2));
  }
}
