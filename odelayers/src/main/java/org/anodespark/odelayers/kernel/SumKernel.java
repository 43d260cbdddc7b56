/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Sums of scaled arrays, in one pass over the result. */
public interface SumKernel {
  /**
   * {@code out := base + sum of coefficients[i] * terms[i]}, added from the first term to the last;
   * terms with coefficient 0 are left out.
   *
   * @param out receives the sum; may be {@code base}, none of the terms
   * @param base same number of entries as {@code out}; null for none
   * @param coefficients one number for each term
   * @param terms same number of entries as {@code out}; more terms than coefficients are ignored
   */
  void combine(INDArray out, INDArray base, double[] coefficients, List<INDArray> terms);
}
