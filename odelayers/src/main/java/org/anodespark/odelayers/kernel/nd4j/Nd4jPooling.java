/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.nd4j;

import org.anodespark.odelayers.kernel.MaximumTangent;
import org.anodespark.odelayers.kernel.PoolingFunction;
import org.anodespark.odelayers.kernel.PoolingGeometry;
import org.anodespark.odelayers.kernel.PoolingKernel;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** Pooling by ND4J's operations {@code maxpool2d}, {@code avgpool2d} and their gradients. */
final class Nd4jPooling implements PoolingKernel {
  private static final int CHANNELS_LAST = 1;
  private static final int NO_DILATION = 1;

  private final PoolingGeometry geometry;
  private final PoolingFunction function;
  private final String operation;
  private final int[] arguments;

  Nd4jPooling(PoolingGeometry geometry, PoolingFunction function) {
    this.geometry = geometry;
    this.function = function;
    operation = function == PoolingFunction.MAXIMUM ? "maxpool2d" : "avgpool2d";
    arguments =
        new int[] {
          geometry.kernelHeight(),
          geometry.kernelWidth(),
          geometry.strideHeight(),
          geometry.strideWidth(),
          geometry.paddingHeight(),
          geometry.paddingWidth(),
          NO_DILATION,
          NO_DILATION,
          geometry.same() ? 1 : 0,
          function == PoolingFunction.AVERAGE_WITH_PADDING ? 1 : 0,
          CHANNELS_LAST
        };
  }

  @Override
  public boolean keepsRecord() {
    return false;
  }

  @Override
  public long recordLength(INDArray x) {
    return 0;
  }

  @Override
  public boolean readsInput() {
    return function == PoolingFunction.MAXIMUM;
  }

  @Override
  public void forward(INDArray x, INDArray y, INDArray keptRecord, ArrayPool pool) {
    run(operation, y, x);
  }

  @Override
  public void pushforward(INDArray x, INDArray dx, INDArray dy, ArrayPool pool) {
    if (function == PoolingFunction.MAXIMUM) {
      INDArray y = pool.borrow(dy.shape());
      run(operation, y, x);
      MaximumTangent.gather(geometry, x, y, dx, dy, pool);
      pool.giveBack(y);
    } else {
      run(operation, dy, dx);
    }
  }

  @Override
  public void backward(INDArray x, INDArray keptRecord, INDArray dy, INDArray dx, ArrayPool pool) {
    // of the input of an average the operation reads the shape only
    run(operation + "_bp", dx, readsInput() ? x : dx, dy);
  }

  private void run(String name, INDArray output, INDArray... inputs) {
    Nd4j.exec(
        DynamicCustomOp.builder(name)
            .addInputs(inputs)
            .addOutputs(output)
            .addIntegerArguments(arguments)
            .build());
  }
}
