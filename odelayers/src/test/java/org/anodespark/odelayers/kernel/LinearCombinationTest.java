/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class LinearCombinationTest {
  private final INDArray base = Nd4j.createFromArray(1.0, 2.0);
  private final INDArray first = Nd4j.createFromArray(10.0, 20.0);
  private final INDArray second = Nd4j.createFromArray(100.0, 200.0);
  private final INDArray out = Nd4j.createFromArray(-7.0, -7.0);

  @Test
  void addsScaledTermsToABaseThatStaysAsItIs() {
    LinearCombination.assign(out, base, new double[] {2, -0.5}, List.of(first, second));
    assertThat(out.toDoubleVector()).containsExactly(-29, -58);
    assertThat(base.toDoubleVector()).containsExactly(1, 2);
  }

  @Test
  void mayWriteIntoItsBase() {
    LinearCombination.assign(base, base, new double[] {1}, List.of(first));
    assertThat(base.toDoubleVector()).containsExactly(11, 22);
  }

  @Test
  void sumsTermsWithoutABase() {
    LinearCombination.assign(out, new double[] {1, 1}, List.of(first, second));
    assertThat(out.toDoubleVector()).containsExactly(110, 220);
  }

  @Test
  void doesNotReadATermWithCoefficientZero() {
    INDArray undefined = Nd4j.createFromArray(Double.NaN, Double.POSITIVE_INFINITY);
    LinearCombination.assign(out, base, new double[] {0, 1}, List.of(undefined, first));
    assertThat(out.toDoubleVector()).containsExactly(11, 22);
  }
}
