/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel;

import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastAddOp;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastMulOp;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastSubOp;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.MulOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Batch normalisation over all axes but the last, with an optional ReLU behind it, and its gradient
 * (Ioffe and Szegedy, 2015), on buffers of the caller.
 *
 * <p>{@code y = gamma * (x - mean) / sqrt(variance + epsilon) + beta}, then {@code max(y, 0)} if
 * rectified. Column sums go through matrix products with a row of ones, which on a processor is
 * several times faster than ND4J's reductions.
 */
public final class BatchNormKernel {
  private final double epsilon;
  private final boolean rectified;

  /**
   * @param epsilon added to the variance, positive
   * @param rectified whether a ReLU follows
   */
  public BatchNormKernel(double epsilon, boolean rectified) {
    this.epsilon = epsilon;
    this.rectified = rectified;
  }

  /**
   * Normalises by the statistics of this batch.
   *
   * @param x {@code [..., C]}, C-ordered
   * @param gamma scale, C numbers
   * @param beta shift, C numbers
   * @param y shape of {@code x}, overwritten
   * @param statistics {@code [2, C]}: receives the batch mean and the batch variance (divided by
   *     the number of values, not one less)
   * @param pool lends scratch memory
   */
  public void forwardTraining(
      INDArray x, INDArray gamma, INDArray beta, INDArray y, INDArray statistics, ArrayPool pool) {
    INDArray rows = asRows(x);
    long count = rows.size(0);
    INDArray mean = statistics.getRow(0);
    INDArray variance = statistics.getRow(1);
    INDArray ones = ones(count, pool);
    columnSums(rows, ones, mean);
    mean.divi(count);
    INDArray centred = asRows(y);
    INDArray squares = pool.borrow(rows.shape());
    broadcastSubtract(rows, mean, centred);
    Nd4j.getExecutioner().exec(new MulOp(centred, centred, squares));
    columnSums(squares, ones, variance);
    variance.divi(count);
    pool.giveBack(squares);
    pool.giveBack(ones);
    scaleAndShift(centred, gamma.mul(inverseDeviation(variance)), beta, y);
  }

  /**
   * Normalises by given statistics.
   *
   * @param mean C numbers
   * @param variance C numbers, not negative
   */
  public void forwardInference(
      INDArray x, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, INDArray y) {
    INDArray centred = asRows(y);
    broadcastSubtract(asRows(x), mean, centred);
    scaleAndShift(centred, gamma.mul(inverseDeviation(variance)), beta, y);
  }

  /**
   * Directional derivative of {@link #forwardTraining}, batch statistics included. With {@code n}
   * values in a column, {@code s = 1 / sqrt(variance + epsilon)} and {@code c = x - mean}:
   *
   * <pre>{@code dy = gamma s (dx - sum(dx) / n - s^2 c sum(dx c) / n)}</pre>
   *
   * @param x the input of the forward pass
   * @param y the output of the forward pass; read only if rectified
   * @param statistics what the forward pass put there
   * @param dx tangent of the input
   * @param dy receives the tangent of the output; not {@code dx}
   * @param pool lends scratch memory
   */
  public void pushforward(
      INDArray x,
      INDArray y,
      INDArray gamma,
      INDArray statistics,
      INDArray dx,
      INDArray dy,
      ArrayPool pool) {
    INDArray sums = pool.borrow(2, gamma.length());
    jacobianProduct(x, gamma, statistics, dx, dy, sums.getRow(0), sums.getRow(1), pool);
    pool.giveBack(sums);
    if (rectified) {
      INDArray scratch = pool.borrow(dy.shape());
      Rectifier.derivative(y, dy, scratch);
      pool.giveBack(scratch);
    }
  }

  /**
   * Gradients of {@link #forwardTraining}.
   *
   * @param x the input of the forward pass
   * @param y the output of the forward pass; read only if rectified
   * @param statistics what the forward pass put there
   * @param dy gradient of the output; destroyed
   * @param dx receives the gradient of the input; not {@code dy}
   * @param dGamma receives the gradient of the scale
   * @param dBeta receives the gradient of the shift
   * @param pool lends scratch memory
   */
  public void backward(
      INDArray x,
      INDArray y,
      INDArray gamma,
      INDArray statistics,
      INDArray dy,
      INDArray dx,
      INDArray dGamma,
      INDArray dBeta,
      ArrayPool pool) {
    if (rectified) {
      Rectifier.derivative(y, dy, dx);
    }
    jacobianProduct(x, gamma, statistics, dy, dx, dGamma, dBeta, pool);
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
      INDArray statistics,
      INDArray d,
      INDArray out,
      INDArray sumOfProducts,
      INDArray sum,
      ArrayPool pool) {
    INDArray rows = asRows(x);
    long count = rows.size(0);
    INDArray inverseDeviation = inverseDeviation(statistics.getRow(1));
    INDArray direction = asRows(d);
    INDArray product = asRows(out);
    INDArray centred = pool.borrow(rows.shape());
    INDArray ones = ones(count, pool);
    columnSums(direction, ones, sum);
    broadcastSubtract(rows, statistics.getRow(0), centred);
    Nd4j.getExecutioner().exec(new MulOp(direction, centred, product));
    columnSums(product, ones, sumOfProducts);
    sumOfProducts.muli(inverseDeviation);
    pool.giveBack(ones);

    // out = scale * (d - sum / count - normalised x * sumOfProducts / count)
    INDArray scale = gamma.mul(inverseDeviation);
    INDArray slope = scale.mul(inverseDeviation).muli(sumOfProducts).divi(-count);
    INDArray offset = scale.mul(sum).divi(-count);
    broadcastMultiply(direction, scale, product);
    broadcastMultiply(centred, slope, centred);
    LinearCombination.add(product, 1.0, centred);
    broadcastAdd(product, offset, product);
    pool.giveBack(centred);
  }

  private void scaleAndShift(INDArray centred, INDArray scale, INDArray shift, INDArray y) {
    broadcastMultiply(centred, scale, centred);
    broadcastAdd(centred, shift, centred);
    if (rectified) {
      Rectifier.forward(y);
    }
  }

  private INDArray inverseDeviation(INDArray variance) {
    INDArray deviation = Transforms.sqrt(variance.add(epsilon), false);
    return deviation.rdivi(1.0);
  }

  private static INDArray asRows(INDArray array) {
    long channels = array.size(array.rank() - 1);
    return array.reshape('c', array.length() / channels, channels);
  }

  private static INDArray ones(long count, ArrayPool pool) {
    INDArray ones = pool.borrow(1, count);
    ones.assign(1.0);
    return ones;
  }

  private static void columnSums(INDArray rows, INDArray ones, INDArray sums) {
    Nd4j.gemm(ones, rows, sums.reshape('f', 1, sums.length()), false, false, 1.0, 0.0);
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
