/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.onednn;

import org.anodespark.odelayers.kernel.BatchNormKernel;
import org.anodespark.odelayers.kernel.Nonlinearity;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch normalisation by oneDNN, float32 or bfloat16 with float32 statistics, the ReLU in the same
 * pass. Its gradient reads from the record which outputs were positive (a bit or a byte for each,
 * as the library likes), so the output need not be kept.
 */
final class OneDnnBatchNorm implements BatchNormKernel {
  private final float epsilon;
  private final boolean rectified;

  OneDnnBatchNorm(double epsilon, boolean rectified) {
    this.epsilon = (float) epsilon;
    this.rectified = rectified;
  }

  /** Mean, variance, and what the library notes of the ReLU. */
  @Override
  public long recordLength(INDArray x) {
    return 2 * x.size(x.rank() - 1) + operations(x, rectified).workspaceLength();
  }

  @Override
  public boolean readsOutput() {
    return false;
  }

  @Override
  public void forwardTraining(
      INDArray x, INDArray gamma, INDArray beta, INDArray y, INDArray keptRecord, ArrayPool pool) {
    INDArray result = Typed.resultFor(x.dataType(), y, pool);
    operations(x, rectified).forwardTraining(x, gamma, beta, keptRecord, result, 0, pool);
    Typed.finish(result, y, pool);
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
    INDArray result = Typed.resultFor(x.dataType(), y, pool);
    INDArray statistics = pool.borrow(2 * gamma.length());
    mean(statistics, gamma.length()).assign(mean.reshape(mean.length()));
    variance(statistics, gamma.length()).assign(variance.reshape(variance.length()));
    operations(x, rectified).forwardInference(x, gamma, beta, statistics, result, 0, pool);
    pool.giveBack(statistics);
    Typed.finish(result, y, pool);
  }

  /** The Jacobian of a normalisation is symmetric; the ReLU's mask comes from a second pass. */
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
    INDArray parameters = pool.borrow(2, gamma.length());
    operations(x, false)
        .backward(x, gamma, keptRecord, dx, dy, parameters.getRow(0), parameters.getRow(1), pool);
    pool.giveBack(parameters);
    if (rectified) {
      INDArray output = pool.borrow(x.dataType(), x.shape());
      operations(x, true).forwardInference(x, gamma, beta, keptRecord, output, 0, pool);
      Elementwise.derivativeOfResult(Nonlinearity.RELU, output, dy, pool);
      pool.giveBack(output);
    }
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
    INDArray gradient = Typed.as(x.dataType(), dy, pool);
    INDArray result = Typed.resultFor(x.dataType(), dx, pool);
    operations(x, rectified).backward(x, gamma, keptRecord, gradient, result, dGamma, dBeta, pool);
    Typed.giveBack(gradient, dy, pool);
    Typed.finish(result, dx, pool);
  }

  private BatchNormOperations operations(INDArray x, boolean withReLU) {
    return BatchNormOperations.of(new BatchNormOperations.Key(new ArrayForm(x), epsilon, withReLU));
  }
}
