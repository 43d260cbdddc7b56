/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.stochastic.rungekutta;

import java.util.List;
import org.anodespark.odelayers.kernel.LinearCombination;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.Step;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The kinds of noise of one step, as far as the tableau uses them: dW and the integrals chi1, chi2
 * and chi3 that are made of dW and dZ.
 */
final class StepNoise {
  private final ArrayPool pool;
  private final INDArray increment;

  /** dZ; null if the tableau does not use it. */
  private final INDArray independent;

  private final INDArray[] kinds = new INDArray[StochasticTableau.NOISES];
  private final StochasticTableau tableau;
  private final double h;

  /** Looks up the path. */
  StepNoise(StepAlongPath method, Step step, long[] shape, ArrayPool pool) {
    this.pool = pool;
    this.tableau = method.tableau();
    this.h = step.length();
    increment = pool.borrow(shape);
    independent = method.needsIndependentPart() ? pool.borrow(shape) : null;
    try {
      method.path().over(step.start(), step.end(), increment, independent);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Computes the integrals that the tableau uses, until {@link #giveBackIntegrals}. */
  void computeIntegrals() {
    kinds[0] = increment;
    if (tableau.usesNoise(1)) {
      kinds[1] = squareLess(h).divi(2 * Math.sqrt(h));
    }
    if (tableau.usesNoise(StochasticTableau.INTEGRAL)) {
      kinds[2] = pool.borrow(increment.shape());
      LinearCombination.assign(
          kinds[2], new double[] {0.5, 0.5 / Math.sqrt(3)}, List.of(increment, independent));
    }
    if (tableau.usesNoise(3)) {
      kinds[3] = squareLess(3 * h).muli(increment).divi(6 * h);
    }
  }

  private INDArray squareLess(double offset) {
    INDArray square = pool.borrow(increment.shape());
    square.assign(increment);
    return square.muli(increment).subi(offset);
  }

  /** The numbers of one kind; null if the tableau does not use it. */
  INDArray kind(int noise) {
    return kinds[noise];
  }

  /** Arrays that are held while there are no integrals. */
  int arrays() {
    return independent == null ? 1 : 2;
  }

  void giveBackIntegrals() {
    for (int noise = 0; noise < kinds.length; noise++) {
      if (kinds[noise] != null && noise > 0) {
        pool.giveBack(kinds[noise]);
      }
      kinds[noise] = null;
    }
  }

  void close() {
    giveBackIntegrals();
    pool.giveBack(increment);
    if (independent != null) {
      pool.giveBack(independent);
    }
  }
}
