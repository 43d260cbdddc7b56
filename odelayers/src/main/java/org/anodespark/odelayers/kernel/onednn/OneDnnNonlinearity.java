/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.onednn;

import org.anodespark.odelayers.kernel.Nonlinearity;
import org.anodespark.odelayers.kernel.NonlinearityKernel;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Functions of single numbers by oneDNN, float32 or bfloat16. */
final class OneDnnNonlinearity implements NonlinearityKernel {
  private final Nonlinearity function;

  OneDnnNonlinearity(Nonlinearity function) {
    this.function = function;
  }

  @Override
  public void forward(INDArray x, INDArray y, ArrayPool pool) {
    if (function == Nonlinearity.IDENTITY) {
      Typed.convert(x, y);
      return;
    }
    INDArray result = Typed.resultFor(x.dataType(), y, pool);
    Elementwise.forward(function, x, result, pool);
    Typed.finish(result, y, pool);
  }

  @Override
  public void derivative(INDArray x, INDArray d, INDArray out, ArrayPool pool) {
    if (function == Nonlinearity.IDENTITY) {
      if (out != d) {
        Typed.convert(d, out);
      }
      return;
    }
    INDArray direction = Typed.as(x.dataType(), d, pool);
    INDArray result = Typed.resultFor(x.dataType(), out, pool);
    Elementwise.derivativeOfArgument(function, x, direction, result, pool);
    Typed.giveBack(direction, d, pool);
    Typed.finish(result, out, pool);
  }
}
