/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.nd4j;

import org.anodespark.odelayers.kernel.Nonlinearity;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.MulOp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;
import org.nd4j.linalg.factory.Nd4j;

/** What follows a kernel in the same pass: in place, and its derivative from the result alone. */
final class Nd4jFollower {
  private Nd4jFollower() {}

  /** {@code y := function(y)}. */
  static void forward(Nonlinearity function, INDArray y) {
    switch (function) {
      case RELU -> Nd4j.exec(new RectifiedLinear(y, y, 0.0));
      case TANH -> Nd4j.exec(new Tanh(y, y));
      case SIGMOID -> Nd4j.exec(new Sigmoid(y, y));
      default -> {
        // nothing to do for the identity
      }
    }
  }

  /**
   * {@code d := d * function'}. The Jacobian is diagonal, so this is the product with it and with
   * its transpose.
   *
   * @param y result of the function
   * @param d gradient of the result, replaced by the gradient of the argument; or tangents likewise
   * @param pool lends scratch memory
   */
  static void derivative(Nonlinearity function, INDArray y, INDArray d, ArrayPool pool) {
    if (function == Nonlinearity.IDENTITY) {
      return;
    }
    INDArray slope = pool.borrow(y.shape());
    switch (function) {
      // ND4J's relu_bp takes several times as long as these two passes
      case RELU -> Nd4j.exec(new Step(y, slope, 0.0));
      case TANH -> {
        Nd4j.getExecutioner().exec(new MulOp(y, y, slope));
        slope.rsubi(1.0);
      }
      case SIGMOID -> {
        slope.assign(y);
        slope.rsubi(1.0).muli(y);
      }
      default -> throw new IllegalArgumentException(function + " cannot follow a kernel.");
    }
    Nd4j.getExecutioner().exec(new MulOp(d, slope, d));
    pool.giveBack(slope);
  }
}
