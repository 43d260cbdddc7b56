/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.stochastic.rungekutta;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.anodespark.odelayers.kernel.LinearCombination;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A sum of arrays with factors that is put together term by term; zero factors leave no term. */
final class WeightedSum {
  private final List<INDArray> terms = new ArrayList<>();
  private final List<Double> factors = new ArrayList<>();

  /** Adds the terms {@code factor * coefficient(i) * arrays[i]} for the first arrays. */
  WeightedSum plus(double factor, IntToDoubleFunction coefficient, INDArray[] arrays, int count) {
    for (int i = 0; i < count; i++) {
      plus(factor * coefficient.applyAsDouble(i), arrays[i]);
    }
    return this;
  }

  /** Adds a term; an array that is multiplied by 0 may be null. */
  WeightedSum plus(double factor, INDArray array) {
    if (factor != 0) {
      terms.add(array);
      factors.add(factor);
    }
    return this;
  }

  boolean isEmpty() {
    return terms.isEmpty();
  }

  /** {@code out := base + sum}, where the base may be {@code out}. */
  void addTo(INDArray base, INDArray out) {
    LinearCombination.assign(out, base, coefficients(), terms);
  }

  /** {@code out := sum}, which must not be empty. */
  void assignTo(INDArray out) {
    LinearCombination.assign(out, coefficients(), terms);
  }

  private double[] coefficients() {
    return factors.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
