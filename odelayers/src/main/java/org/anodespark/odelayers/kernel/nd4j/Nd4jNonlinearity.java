/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.nd4j;

import org.anodespark.odelayers.kernel.Nonlinearity;
import org.anodespark.odelayers.kernel.NonlinearityKernel;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.MulOp;
import org.nd4j.linalg.api.ops.impl.transforms.same.Abs;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log1p;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;
import org.nd4j.linalg.factory.Nd4j;

/** Functions of single numbers by ND4J's operations. */
final class Nd4jNonlinearity implements NonlinearityKernel {
  private final Nonlinearity function;

  Nd4jNonlinearity(Nonlinearity function) {
    this.function = function;
  }

  @Override
  public void forward(INDArray x, INDArray y, ArrayPool pool) {
    switch (function) {
      case IDENTITY -> y.assign(x);
      case RELU -> Nd4j.exec(new RectifiedLinear(x, y, 0.0));
      case TANH -> Nd4j.exec(new Tanh(x, y));
      case SOFTPLUS -> softplus(x, y, pool);
    }
  }

  /**
   * {@code log(1 + exp(x)) = max(x, 0) + log(1 + exp(-|x|))}, which does not overflow, as ND4J's
   * own softplus does.
   */
  private static void softplus(INDArray x, INDArray y, ArrayPool pool) {
    INDArray correction = pool.borrow(x.shape());
    Nd4j.exec(new Abs(x, correction));
    correction.negi();
    Nd4j.exec(new Exp(correction, correction));
    Nd4j.exec(new Log1p(correction, correction));
    Nd4j.exec(new RectifiedLinear(x, y, 0.0));
    y.addi(correction);
    pool.giveBack(correction);
  }

  @Override
  public void derivative(INDArray x, INDArray d, INDArray out, ArrayPool pool) {
    if (function == Nonlinearity.IDENTITY) {
      if (out != d) {
        out.assign(d);
      }
      return;
    }
    INDArray slope = pool.borrow(x.shape());
    switch (function) {
      case RELU -> Nd4j.exec(new Step(x, slope, 0.0));
      case TANH -> {
        Nd4j.exec(new Tanh(x, slope));
        slope.muli(slope).rsubi(1.0);
      }
      default -> Nd4j.exec(new Sigmoid(x, slope));
    }
    Nd4j.getExecutioner().exec(new MulOp(d, slope, out));
    pool.giveBack(slope);
  }
}
