/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.nd4j;

import java.util.List;
import org.anodespark.odelayers.kernel.SumKernel;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Sums of scaled arrays, by one BLAS operation for each. */
final class Nd4jSums implements SumKernel {
  @Override
  public void combine(INDArray out, INDArray base, double[] coefficients, List<INDArray> terms) {
    if (base == null) {
      out.assign(0.0);
    } else if (out != base) {
      out.assign(base);
    }
    for (int i = 0; i < coefficients.length; i++) {
      if (coefficients[i] != 0.0) {
        Nd4j.getBlasWrapper().level1().axpy(out.length(), coefficients[i], terms.get(i), out);
      }
    }
  }
}
