/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import org.anodespark.odelayers.layer.WeightEvolution;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ReactionDiffusionAdvectionTest extends WeightEvolutionContractTest {
  @Override
  WeightEvolution evolution() {
    return new ReactionDiffusionAdvection();
  }

  @Test
  void growsWithTheReactionAlone() {
    INDArray weights = weights(3, 3);
    INDArray grown = at(weights, coefficients(0, 0, 0, 0.5), 2);
    assertThat(grown.distance2(weights.mul(Math.E))).isLessThan(1e-13);
  }

  @Test
  void keepsTheSumOfAKernelWithoutReaction() {
    INDArray weights = weights(5, 5);
    INDArray evolved = at(weights, coefficients(0.3, 1.1, -0.4, 0), 0.8);
    assertThat(evolved.sum(2, 3).distance2(weights.sum(2, 3))).isLessThan(1e-13);
  }

  @Test
  void diffusesToTheMeanOfAKernel() {
    INDArray weights = weights(3, 3);
    INDArray evolved = at(weights, coefficients(100, 0, 0, 0), 1);
    INDArray mean = weights.mean(true, 2, 3);
    assertThat(evolved.distance2(Nd4j.zerosLike(weights).addi(mean))).isLessThan(1e-13);
  }

  @Test
  void movesAKernelByOneRow() {
    INDArray weights = weights(3, 3);
    INDArray evolved = at(weights, coefficients(0, 2 * Math.PI / 3, 0, 0), 1);
    for (int row = 0; row < 3; row++) {
      assertThat(row(evolved, row).distance2(row(weights, (row + 1) % 3))).isLessThan(1e-13);
    }
  }

  private static INDArray row(INDArray kernels, int row) {
    return kernels.slice(row, 2);
  }

  @Test
  void neverGrowsWithoutReaction() {
    INDArray weights = weights(4, 3);
    INDArray evolved = at(weights, coefficients(0.2, 1.3, 0.7, 0), 1);
    assertThat(evolved.norm2Number().doubleValue())
        .isLessThanOrEqualTo(weights.norm2Number().doubleValue());
  }

  private static INDArray coefficients(double... ofEveryChannel) {
    return Nd4j.createFromArray(ofEveryChannel)
        .reshape(ofEveryChannel.length, 1)
        .broadcast(ofEveryChannel.length, 2)
        .dup('c');
  }
}
