/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.regularization;

import java.util.ArrayList;
import java.util.List;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.kernel.Jet;
import org.anodespark.odelayers.kernel.LinearCombination;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The Taylor coefficients of a solution of {@code y' = f(t, y)}: {@code y_(k+1) = f_k / (k + 1)}
 * with the coefficients {@code f_k} of f along the solution itself.
 */
final class SolutionJet implements AutoCloseable {
  private final ArrayPool pool;
  private final Jet jet;

  /** {@code f_0 ... f_(K-1)}. */
  private final List<INDArray> slopes = new ArrayList<>();

  /** {@code y_1 ... y_(K-1)}. */
  private final List<INDArray> states = new ArrayList<>();

  /**
   * Computes the coefficients.
   *
   * @param field f
   * @param t time
   * @param y the solution there; must stay unchanged until this is closed
   * @param order K, at least 1
   * @param pool lends all arrays
   */
  SolutionJet(VectorField field, double t, INDArray y, int order, ArrayPool pool) {
    this.pool = pool;
    this.jet = field.jet(t, 1.0);
    try {
      compute(y, order);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void compute(INDArray y, int order) {
    INDArray state = y;
    for (int k = 0; k < order; k++) {
      INDArray slope = pool.borrow(y.shape());
      slopes.add(slope);
      jet.next(state, slope);
      if (k < order - 1) {
        state = pool.borrow(y.shape());
        states.add(state);
        LinearCombination.assign(state, new double[] {1.0 / (k + 1)}, List.of(slope));
      }
    }
  }

  /** {@code f_(K-1)}, a multiple of the derivative of order K. */
  INDArray lastSlopeCoefficient() {
    return slopes.get(slopes.size() - 1);
  }

  /** By what that has to be multiplied: {@code d^K y/dt^K = K! y_K = (K - 1)! f_(K-1)}. */
  double derivativeFactor() {
    double factorial = 1;
    for (int k = 2; k < slopes.size(); k++) {
      factorial *= k;
    }
    return factorial;
  }

  /**
   * The reverse; the field's parameter gradient grows.
   *
   * @param cotangent gradient with respect to {@code f_(K-1)}; becomes the one with respect to y
   */
  void pullback(INDArray cotangent) {
    INDArray ofState = pool.borrow(cotangent.shape());
    for (int k = slopes.size() - 1; k >= 0; k--) {
      jet.pullback(cotangent, ofState);
      // y_k was made of f_(k-1)
      LinearCombination.assign(cotangent, new double[] {1.0 / Math.max(k, 1)}, List.of(ofState));
    }
    pool.giveBack(ofState);
  }

  @Override
  public void close() {
    jet.close();
    slopes.forEach(pool::giveBack);
    states.forEach(pool::giveBack);
    slopes.clear();
    states.clear();
  }
}
