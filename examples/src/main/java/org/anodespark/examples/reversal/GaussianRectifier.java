/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.reversal;

import java.util.Random;
import org.anodespark.examples.field.MatrixMap;
import org.anodespark.examples.field.OneLayerField;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepMethod;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * dz/dt = max(0, W z) with independent standard normal entries in W: its norm is about 2 sqrt(n),
 * and so is the rate at which errors grow on the way back. Divided by its norm, W gives a field
 * that is easily reversed; but nobody trains with such weights.
 */
public final class GaussianRectifier {
  private static final int POWER_ITERATIONS = 200;

  private final INDArray matrix;
  private final INDArray start;
  private final double spectralNorm;

  /**
   * Draws W and z(0).
   *
   * @param size n, entries of the state, at least 1
   * @param seed the same seed gives the same numbers
   */
  public GaussianRectifier(int size, long seed) {
    Random random = new Random(seed);
    matrix = gaussian(random, size, size);
    start = gaussian(random, 1, size);
    spectralNorm = powerIteration();
  }

  /** There and back with W as it was drawn. */
  public Reversal raw(StepMethod method, StepControl control) {
    return reversal(matrix, method, control);
  }

  /** There and back with W divided by its spectral norm. */
  public Reversal unitNorm(StepMethod method, StepControl control) {
    return reversal(matrix.div(spectralNorm), method, control);
  }

  /** |W|, the largest singular value of W as it was drawn. */
  public double spectralNorm() {
    return spectralNorm;
  }

  /** Largest singular value, by power iteration with W and its transpose in turn. */
  private double powerIteration() {
    INDArray vector = start.div(start.norm2Number());
    double norm = 0;
    for (int i = 0; i < POWER_ITERATIONS; i++) {
      INDArray product = vector.mmul(matrix.transpose());
      norm = product.norm2Number().doubleValue();
      vector = product.mmul(matrix);
      vector.divi(vector.norm2Number());
    }
    return norm;
  }

  private Reversal reversal(INDArray weights, StepMethod method, StepControl control) {
    return Reversal.of(
        new OneLayerField(new MatrixMap(weights), new ActivationReLU()), method, control, start);
  }

  private static INDArray gaussian(Random random, int rows, int columns) {
    INDArray array = Nd4j.createUninitialized(DataType.DOUBLE, rows, columns);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        array.putScalar(i, j, random.nextGaussian());
      }
    }
    return array;
  }
}
