/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.onednn;

import org.anodespark.odelayers.kernel.BiasForm;
import org.anodespark.odelayers.kernel.LinearKernel;
import org.anodespark.odelayers.kernel.Nonlinearity;
import org.anodespark.odelayers.kernel.Weights;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A linear function by oneDNN, float32 or bfloat16, on arrays as they lie in memory. */
abstract class OneDnnLinear implements LinearKernel {
  private final Nonlinearity follower;

  OneDnnLinear(Nonlinearity follower) {
    this.follower = follower.asFollower();
  }

  /** The operations for arrays of this form, made at the first call. */
  abstract LinearOperations operations(OneDnn library, LinearForm form);

  @Override
  public void forward(INDArray x, Weights weights, INDArray bias, INDArray y, ArrayPool pool) {
    BiasForm form = BiasForm.of(bias, y);
    if (form == BiasForm.ENTRIES) {
      Examples.fill(y, bias, pool);
    }
    operations(x, y.dataType(), y, form, follower).forward(x, weights, bias, y, pool);
  }

  @Override
  public void pushforward(INDArray y, Weights weights, INDArray dx, INDArray dy, ArrayPool pool) {
    operations(dx, dy.dataType(), dy, BiasForm.NONE, Nonlinearity.IDENTITY)
        .forward(dx, weights, null, dy, pool);
    Elementwise.derivativeOfResult(follower, y, dy, pool);
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
    Elementwise.derivativeOfResult(follower, y, dy, pool);
    INDArray typed = Typed.as(x.dataType(), dy, pool);
    BiasForm bias = BiasForm.of(gradient == null ? null : gradient.bias(), dy);
    LinearOperations operations = operations(x, dx.dataType(), dy, bias, Nonlinearity.IDENTITY);
    operations.backwardData(typed, weights, dx, pool);
    if (gradient != null) {
      operations.backwardWeights(x, typed, gradient, pool);
    }
    if (bias == BiasForm.ENTRIES) {
      Examples.sum(dy, gradient.bias(), pool);
    }
    Typed.giveBack(typed, dy, pool);
  }

  private LinearOperations operations(
      INDArray x, DataType result, INDArray output, BiasForm bias, Nonlinearity behind) {
    long outputChannels = output.size(output.rank() - 1);
    return operations(
        OneDnn.ofCurrentThread(),
        new LinearForm(new ArrayForm(x), result, outputChannels, bias, behind));
  }
}
