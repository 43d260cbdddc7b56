/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.implicit;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** States as vectors. All arrays are contiguous, with equal order, shape and type. */
final class Vectors {
  private Vectors() {}

  static double dot(INDArray a, INDArray b) {
    return Nd4j.getBlasWrapper().level1().dot(a.length(), 1.0, a, b);
  }

  /** Euclidean norm; not a number, or infinite, if an entry is. */
  static double norm(INDArray a) {
    return Nd4j.getBlasWrapper().level1().nrm2(a);
  }

  /** {@code a := factor * a}. */
  static void scale(double factor, INDArray a) {
    Nd4j.getBlasWrapper().level1().scal(a.length(), factor, a);
  }
}
