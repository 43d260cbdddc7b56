/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.regularization;

import org.anodespark.odelayers.kernel.LinearCombination;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The mean over all entries of an array of their squares. */
final class MeanSquare {
  private MeanSquare() {}

  static double of(INDArray array) {
    double norm = array.norm2Number().doubleValue();
    return norm * norm / array.length();
  }

  /** {@code gradient := gradient + weight *} its gradient. */
  static void addGradient(INDArray array, double weight, INDArray gradient) {
    LinearCombination.add(gradient, 2 * weight / array.length(), array);
  }
}
