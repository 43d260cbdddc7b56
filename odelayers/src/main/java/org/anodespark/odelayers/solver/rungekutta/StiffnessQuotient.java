/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

import java.util.List;
import org.anodespark.odelayers.kernel.LinearCombination;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@code S = |k_s - k_(s-1)| / |g_s - g_(s-1)|} of the last two stages, which both lie at the end
 * of the step: an estimate of the largest eigenvalue of df/dy (Hairer and Wanner, Solving Ordinary
 * Differential Equations II, 2nd edition, 1996, section IV.2). 0 if the arguments are equal.
 *
 * @param slopes {@code k_s - k_(s-1)}
 * @param argument {@code g_(s-1)}
 * @param after {@code g_s}, the next y
 * @param pool lends scratch memory
 */
record StiffnessQuotient(INDArray slopes, INDArray argument, INDArray after, ArrayPool pool) {
  /** S. */
  double value() {
    INDArray arguments = difference(after, argument, pool);
    double value = quotient(norm(slopes), norm(arguments));
    pool.giveBack(arguments);
    return value;
  }

  /** {@code a - b}, borrowed. */
  static INDArray difference(INDArray a, INDArray b, ArrayPool pool) {
    INDArray difference = pool.borrow(a.shape());
    a.sub(b, difference);
    return difference;
  }

  private static double norm(INDArray array) {
    return array.norm2Number().doubleValue();
  }

  private static double quotient(double slopes, double arguments) {
    double quotient = slopes / arguments;
    return Double.isFinite(quotient) ? quotient : 0;
  }

  /**
   * The gradient of {@code weight * S}; S = 0 has none.
   *
   * @param weight a factor
   * @param last the last stage, from 0
   * @param seeds receive it
   */
  void seed(double weight, int last, StageSeeds seeds) {
    INDArray byArguments = difference(after, argument, pool);
    double above = norm(slopes);
    double below = norm(byArguments);
    double value = quotient(above, below);
    if (value == 0) {
      pool.giveBack(byArguments);
      return;
    }
    INDArray bySlopes = pool.borrow(slopes.shape());
    LinearCombination.assign(bySlopes, new double[] {weight / (above * below)}, List.of(slopes));
    seeds.toSlopes(bySlopes, stage -> stage == last ? 1 : stage == last - 1 ? -1 : 0);
    byArguments.muli(-weight * value / (below * below));
    seeds.toEnd(byArguments);
    seeds.fromArgument(last - 1, byArguments);
  }
}
