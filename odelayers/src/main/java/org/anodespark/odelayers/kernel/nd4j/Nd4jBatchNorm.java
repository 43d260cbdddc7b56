/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.nd4j;

import org.anodespark.odelayers.kernel.BatchNormKernel;
import org.anodespark.odelayers.kernel.ColumnSums;
import org.anodespark.odelayers.kernel.Nonlinearity;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastAddOp;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastMulOp;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastSubOp;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.MulOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Batch normalisation by ND4J's operations. */
final class Nd4jBatchNorm implements BatchNormKernel {
  private final double epsilon;
  private final Nonlinearity follower;

  Nd4jBatchNorm(double epsilon, boolean rectified) {
    this.epsilon = epsilon;
    follower = rectified ? Nonlinearity.RELU : Nonlinearity.IDENTITY;
  }

  /** Mean and variance. */
  @Override
  public long recordLength(INDArray x) {
    return 2 * x.size(x.rank() - 1);
  }

  @Override
  public boolean readsOutput() {
    return follower != Nonlinearity.IDENTITY;
  }

  @Override
  public void forwardTraining(
      INDArray x, INDArray gamma, INDArray beta, INDArray y, INDArray keptRecord, ArrayPool pool) {
    INDArray rows = asRows(x);
    long count = rows.size(0);
    INDArray mean = mean(keptRecord, gamma.length());
    INDArray variance = variance(keptRecord, gamma.length());
    INDArray ones = ColumnSums.ones(count, pool);
    ColumnSums.add(rows, ones, mean);
    mean.divi(count);
    INDArray centred = asRows(y);
    INDArray squares = pool.borrow(rows.shape());
    broadcastSubtract(rows, mean, centred);
    Nd4j.getExecutioner().exec(new MulOp(centred, centred, squares));
    ColumnSums.add(squares, ones, variance);
    variance.divi(count);
    pool.giveBack(squares);
    pool.giveBack(ones);
    scaleAndShift(centred, gamma.mul(inverseDeviation(variance)), beta, y);
  }

  @Override
  public void forwardInference(
      INDArray x,
      INDArray gamma,
      INDArray beta,
      INDArray mean,
      INDArray variance,
      INDArray y,
      ArrayPool pool) {
    INDArray centred = asRows(y);
    broadcastSubtract(asRows(x), mean, centred);
    scaleAndShift(centred, gamma.mul(inverseDeviation(variance)), beta, y);
  }

  /**
   * With {@code n} values in a column, {@code s = 1 / sqrt(variance + epsilon)} and {@code c = x -
   * mean}: {@code dy = gamma s (dx - sum(dx) / n - s^2 c sum(dx c) / n)}.
   */
  @Override
  public void pushforward(
      INDArray x,
      INDArray y,
      INDArray gamma,
      INDArray beta,
      INDArray keptRecord,
      INDArray dx,
      INDArray dy,
      ArrayPool pool) {
    INDArray sums = pool.borrow(2, gamma.length());
    jacobianProduct(x, gamma, keptRecord, dx, dy, sums.getRow(0), sums.getRow(1), pool);
    pool.giveBack(sums);
    Nd4jFollower.derivative(follower, y, dy, pool);
  }

  @Override
  public void backward(
      INDArray x,
      INDArray y,
      INDArray gamma,
      INDArray keptRecord,
      INDArray dy,
      INDArray dx,
      INDArray dGamma,
      INDArray dBeta,
      ArrayPool pool) {
    Nd4jFollower.derivative(follower, y, dy, pool);
    jacobianProduct(x, gamma, keptRecord, dy, dx, dGamma, dBeta, pool);
  }

  /**
   * The Jacobian of the normalisation times {@code d}; as it is symmetric, also its transpose times
   * {@code d}.
   *
   * @param sumOfProducts receives the column sums of d times the normalised x
   * @param sum receives the column sums of d
   */
  private void jacobianProduct(
      INDArray x,
      INDArray gamma,
      INDArray keptRecord,
      INDArray d,
      INDArray out,
      INDArray sumOfProducts,
      INDArray sum,
      ArrayPool pool) {
    INDArray rows = asRows(x);
    long count = rows.size(0);
    INDArray inverseDeviation = inverseDeviation(variance(keptRecord, gamma.length()));
    INDArray direction = asRows(d);
    INDArray product = asRows(out);
    INDArray centred = pool.borrow(rows.shape());
    INDArray ones = ColumnSums.ones(count, pool);
    ColumnSums.add(direction, ones, sum);
    broadcastSubtract(rows, mean(keptRecord, gamma.length()), centred);
    Nd4j.getExecutioner().exec(new MulOp(direction, centred, product));
    ColumnSums.add(product, ones, sumOfProducts);
    sumOfProducts.muli(inverseDeviation);
    pool.giveBack(ones);

    // out = scale * (d - sum / count - normalised x * sumOfProducts / count)
    INDArray scale = gamma.mul(inverseDeviation);
    INDArray slope = scale.mul(inverseDeviation).muli(sumOfProducts).divi(-count);
    INDArray offset = scale.mul(sum).divi(-count);
    broadcastMultiply(direction, scale, product);
    broadcastMultiply(centred, slope, centred);
    product.addi(centred);
    broadcastAdd(product, offset, product);
    pool.giveBack(centred);
  }

  private void scaleAndShift(INDArray centred, INDArray scale, INDArray shift, INDArray y) {
    broadcastMultiply(centred, scale, centred);
    broadcastAdd(centred, shift, centred);
    Nd4jFollower.forward(follower, y);
  }

  private INDArray inverseDeviation(INDArray variance) {
    INDArray deviation = Transforms.sqrt(variance.add(epsilon), false);
    return deviation.rdivi(1.0);
  }

  private static INDArray asRows(INDArray array) {
    long channels = array.size(array.rank() - 1);
    return array.reshape('c', array.length() / channels, channels);
  }

  private static void broadcastSubtract(INDArray rows, INDArray perColumn, INDArray out) {
    Nd4j.getExecutioner().exec(new BroadcastSubOp(rows, perColumn, out, 1));
  }

  private static void broadcastMultiply(INDArray rows, INDArray perColumn, INDArray out) {
    Nd4j.getExecutioner().exec(new BroadcastMulOp(rows, perColumn, out, 1));
  }

  private static void broadcastAdd(INDArray rows, INDArray perColumn, INDArray out) {
    Nd4j.getExecutioner().exec(new BroadcastAddOp(rows, perColumn, out, 1));
  }
}
