/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

import java.util.function.IntToDoubleFunction;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.Tolerance;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.same.Abs;
import org.nd4j.linalg.api.ops.impl.transforms.same.Sign;
import org.nd4j.linalg.factory.Nd4j;

/**
 * {@code E = sqrt(mean of (e / s)^2)} with the error estimate e of a step and its scale {@code s =
 * absolute + relative * max(|y|, |next y|)}.
 *
 * @param error e
 * @param before y
 * @param after next y
 * @param tolerance of the scale
 * @param pool lends scratch memory
 */
record ScaledError(
    INDArray error, INDArray before, INDArray after, Tolerance tolerance, ArrayPool pool) {
  /** E. */
  double value() {
    INDArray scale = tolerance.scale(before, after, pool);
    INDArray quotient = quotient(scale);
    double value = value(quotient);
    pool.giveBack(scale);
    pool.giveBack(quotient);
    return value;
  }

  private INDArray quotient(INDArray scale) {
    INDArray quotient = pool.borrow(error.shape());
    error.div(scale, quotient);
    return quotient;
  }

  private static double value(INDArray quotient) {
    return quotient.norm2Number().doubleValue() / Math.sqrt((double) quotient.length());
  }

  /**
   * The gradient of {@code weight * E}; E = 0 has none.
   *
   * @param weight a factor
   * @param weights by which the slopes make up e, h times the error weights of the tableau
   * @param seeds receive it
   */
  void seed(double weight, IntToDoubleFunction weights, StageSeeds seeds) {
    INDArray scale = tolerance.scale(before, after, pool);
    INDArray quotient = quotient(scale);
    double value = value(quotient);
    if (value > 0) {
      INDArray byError = pool.borrow(error.shape());
      quotient.div(scale, byError);
      byError.muli(weight / (value * error.length()));
      // by the scale: minus the gradient by the error, times e / s
      quotient.muli(byError).negi();
      seedEnds(quotient, seeds);
      seeds.toSlopes(byError, weights);
    }
    pool.giveBack(scale);
    pool.giveBack(quotient);
  }

  /** The scale follows the larger one of two states, or both in equal parts if they are equal. */
  private void seedEnds(INDArray byScale, StageSeeds seeds) {
    INDArray side = pool.borrow(error.shape());
    INDArray sizeBefore = pool.borrow(error.shape());
    Nd4j.getExecutioner().exec(new Abs(after, side));
    Nd4j.getExecutioner().exec(new Abs(before, sizeBefore));
    side.subi(sizeBefore);
    pool.giveBack(sizeBefore);
    Nd4j.getExecutioner().exec(new Sign(side, side));
    side.addi(1.0).muli(tolerance.relative() / 2);
    seeds.toEnd(seed(byScale, side, after));
    side.rsubi(tolerance.relative());
    seeds.toStart(seed(byScale, side, before));
    pool.giveBack(side);
  }

  private INDArray seed(INDArray byScale, INDArray share, INDArray state) {
    INDArray seed = pool.borrow(error.shape());
    Nd4j.getExecutioner().exec(new Sign(state, seed));
    return seed.muli(share).muli(byScale);
  }
}
