/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.nd4j;

import org.anodespark.odelayers.kernel.ColumnSums;
import org.anodespark.odelayers.kernel.LinearKernel;
import org.anodespark.odelayers.kernel.Nonlinearity;
import org.anodespark.odelayers.kernel.Weights;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastAddOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Matrix products by BLAS. Its results are column-major, our rows are not; so the transposed
 * product goes into the transposed array, which is column-major.
 */
final class Nd4jDense implements LinearKernel {
  private final Nonlinearity follower;

  Nd4jDense(Nonlinearity follower) {
    this.follower = follower.asFollower();
  }

  @Override
  public void forward(INDArray x, Weights weights, INDArray bias, INDArray y, ArrayPool pool) {
    Nd4j.gemm(weights.plain(), x, y.transpose(), true, true, 1.0, 0.0);
    if (bias != null) {
      Nd4j.getExecutioner().exec(new BroadcastAddOp(y, bias.reshape(bias.length()), y, 1));
    }
    Nd4jFollower.forward(follower, y);
  }

  @Override
  public void pushforward(INDArray y, Weights weights, INDArray dx, INDArray dy, ArrayPool pool) {
    Nd4j.gemm(weights.plain(), dx, dy.transpose(), true, true, 1.0, 0.0);
    Nd4jFollower.derivative(follower, y, dy, pool);
  }

  @Override
  public void backward(
      INDArray x,
      Weights weights,
      INDArray y,
      INDArray dy,
      INDArray dx,
      ParameterSlices gradient,
      ArrayPool pool) {
    Nd4jFollower.derivative(follower, y, dy, pool);
    Nd4j.gemm(weights.plain(), dy, dx.transpose(), false, true, 1.0, 0.0);
    if (gradient == null) {
      return;
    }
    Nd4j.gemm(x, dy, gradient.weights(), true, false, 1.0, 0.0);
    if (gradient.bias() != null) {
      ColumnSums.ofExamples(dy, gradient.bias(), pool);
    }
  }
}
