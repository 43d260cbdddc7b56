/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import org.anodespark.odelayers.Bits;
import org.anodespark.odelayers.layer.WeightEvolution;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class GaussianConvolutionTest extends WeightEvolutionContractTest {
  @Override
  WeightEvolution evolution() {
    return new GaussianConvolution();
  }

  @Test
  void isDiffusionAlone() {
    INDArray weights = weights(3, 3);
    INDArray diffusion = coefficients();
    INDArray all = Nd4j.concat(0, diffusion, Nd4j.zeros(DataType.DOUBLE, 3, 2));
    INDArray expected = weights.ulike();
    new ReactionDiffusionAdvection().path(weights, all).at(0.6, expected);
    assertThat(Bits.of(at(weights, diffusion, 0.6))).isEqualTo(Bits.of(expected));
  }
}
