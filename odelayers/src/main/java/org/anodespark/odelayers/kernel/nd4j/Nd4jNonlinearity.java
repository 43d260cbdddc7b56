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
import org.nd4j.linalg.api.ops.impl.transforms.strict.Erf;
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
      case SIGMOID -> Nd4j.exec(new Sigmoid(x, y));
      case SOFTPLUS -> softplus(x, y, pool);
      case GELU -> {
        normalDistribution(x, y);
        y.muli(x);
      }
      case CUBE -> {
        Nd4j.getExecutioner().exec(new MulOp(x, x, y));
        y.muli(x);
      }
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

  /** {@code out := (1 + erf(x / sqrt(2))) / 2}. */
  private static void normalDistribution(INDArray x, INDArray out) {
    out.assign(x);
    out.muli(Math.sqrt(0.5));
    Nd4j.exec(new Erf(out, out));
    out.addi(1.0).muli(0.5);
  }

  /** The normal distribution, and x times its density. */
  private static void geluSlope(INDArray x, INDArray slope, ArrayPool pool) {
    INDArray density = pool.borrow(x.shape());
    Nd4j.getExecutioner().exec(new MulOp(x, x, density));
    density.muli(-0.5);
    Nd4j.exec(new Exp(density, density));
    density.muli(x).muli(Math.sqrt(0.5 / Math.PI));
    normalDistribution(x, slope);
    slope.addi(density);
    pool.giveBack(density);
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
      case SIGMOID -> {
        Nd4j.exec(new Sigmoid(x, slope));
        INDArray complement = pool.borrow(x.shape());
        complement.assign(slope);
        slope.muli(complement.rsubi(1.0));
        pool.giveBack(complement);
      }
      case GELU -> geluSlope(x, slope, pool);
      case CUBE -> {
        Nd4j.getExecutioner().exec(new MulOp(x, x, slope));
        slope.muli(3.0);
      }
      default -> Nd4j.exec(new Sigmoid(x, slope));
    }
    Nd4j.getExecutioner().exec(new MulOp(d, slope, out));
    pool.giveBack(slope);
  }
}
