/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.field;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The product W z for each row z of a state {@code [N, n]}. */
public final class MatrixMap implements LinearMap {
  private final INDArray matrix;

  /**
   * @param matrix W, {@code [n, n]}, copied
   */
  public MatrixMap(INDArray matrix) {
    this.matrix = matrix.dup('c');
  }

  @Override
  public INDArray weights() {
    return matrix.reshape(matrix.length());
  }

  @Override
  public void apply(INDArray x, INDArray out) {
    out.assign(x.mmul(matrix.transpose()));
  }

  @Override
  public void pullback(INDArray x, INDArray cotangent, INDArray out, INDArray weightGradient) {
    out.assign(cotangent.mmul(matrix));
    weightGradient.reshape('c', matrix.shape()).assign(cotangent.transpose().mmul(x));
  }
}
