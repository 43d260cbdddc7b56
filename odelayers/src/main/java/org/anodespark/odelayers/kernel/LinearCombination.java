/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Sums of scaled arrays, the only arithmetic that a Runge-Kutta method does on states. */
public final class LinearCombination {
  private LinearCombination() {}

  /**
   * {@code out := base + sum of coefficients[i] * terms[i]}, from the first term to the last, terms
   * with coefficient 0 left out.
   *
   * @param out receives the sum; C-ordered, contiguous; may be {@code base}, none of the terms
   * @param base same shape and type as {@code out}
   * @param coefficients one number for each term
   * @param terms same shape and type as {@code out}; more terms than coefficients are ignored
   */
  public static void assign(
      INDArray out, INDArray base, double[] coefficients, List<INDArray> terms) {
    KernelBackend.kernels(out.dataType()).sums().combine(out, base, coefficients, terms);
  }

  /**
   * {@code out := sum of coefficients[i] * terms[i]}, as {@link #assign(INDArray, INDArray,
   * double[], List)} without a base.
   */
  public static void assign(INDArray out, double[] coefficients, List<INDArray> terms) {
    assign(out, null, coefficients, terms);
  }

  /** {@code out := out + coefficient * term}; both contiguous with equal order, shape and type. */
  public static void add(INDArray out, double coefficient, INDArray term) {
    assign(out, out, new double[] {coefficient}, List.of(term));
  }
}
