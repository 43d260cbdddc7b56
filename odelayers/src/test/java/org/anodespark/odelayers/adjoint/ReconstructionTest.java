/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.anodespark.odelayers.memory.ArrayPool;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class ReconstructionTest {
  private final ArrayPool pool = new ArrayPool(DataType.DOUBLE);

  @Test
  void isTheDistanceDividedByTheLengthOfTheTrueState() {
    assertThat(error(new double[] {3, 5}, new double[] {3, 4})).isCloseTo(0.2, within(1e-15));
  }

  @Test
  void isTheDistanceItselfFromAStateOfLengthZero() {
    assertThat(error(new double[] {0, 0.5}, new double[] {0, 0})).isEqualTo(0.5);
  }

  @Test
  void isInfiniteWhereTheRebuiltStateIsNoNumber() {
    assertThat(error(new double[] {Double.NaN, 0}, new double[] {3, 4})).isInfinite();
  }

  private double error(double[] rebuilt, double[] exact) {
    return Reconstruction.relativeError(
        Nd4j.createFromArray(rebuilt), Nd4j.createFromArray(exact), pool);
  }
}
