/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.onednn;

import org.anodespark.odelayers.kernel.MaximumTangent;
import org.anodespark.odelayers.kernel.PoolingFunction;
import org.anodespark.odelayers.kernel.PoolingGeometry;
import org.anodespark.odelayers.kernel.PoolingKernel;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Pooling by oneDNN, float32 or bfloat16, on channels-last images as they lie in memory. */
final class OneDnnPooling implements PoolingKernel {
  private final PoolingGeometry geometry;
  private final PoolingFunction function;

  OneDnnPooling(PoolingGeometry geometry, PoolingFunction function) {
    this.geometry = geometry;
    this.function = function;
  }

  @Override
  public boolean keepsRecord() {
    return function == PoolingFunction.MAXIMUM;
  }

  @Override
  public long recordLength(INDArray x) {
    return operations(x).recordLength();
  }

  /** Only the tangent of a maximum does. */
  @Override
  public boolean readsInput() {
    return function == PoolingFunction.MAXIMUM;
  }

  @Override
  public void forward(INDArray x, INDArray y, INDArray keptRecord, ArrayPool pool) {
    INDArray result = Typed.resultFor(x.dataType(), y, pool);
    // of an average the training pass is the same and has no record
    operations(x).forward(x, result, keptRecord, pool);
    Typed.finish(result, y, pool);
  }

  @Override
  public void pushforward(INDArray x, INDArray dx, INDArray dy, ArrayPool pool) {
    if (function != PoolingFunction.MAXIMUM) {
      forward(dx, dy, null, pool);
      return;
    }
    // ND4J's operations, which do this, are slow on bfloat16
    INDArray images = Typed.as(DataType.FLOAT, x, pool);
    INDArray tangent = Typed.as(DataType.FLOAT, dx, pool);
    INDArray result = Typed.resultFor(DataType.FLOAT, dy, pool);
    INDArray y = pool.borrow(dy.shape());
    operations(images).forward(images, y, null, pool);
    MaximumTangent.gather(geometry, images, y, tangent, result, pool);
    pool.giveBack(y);
    Typed.finish(result, dy, pool);
    Typed.giveBack(tangent, dx, pool);
    Typed.giveBack(images, x, pool);
  }

  @Override
  public void backward(INDArray x, INDArray keptRecord, INDArray dy, INDArray dx, ArrayPool pool) {
    // the record belongs to the type of the forward pass
    DataType type = x == null ? dx.dataType() : x.dataType();
    INDArray gradient = Typed.as(type, dy, pool);
    INDArray result = Typed.resultFor(type, dx, pool);
    operations(result).backward(keptRecord, gradient, result, pool);
    Typed.giveBack(gradient, dy, pool);
    Typed.finish(result, dx, pool);
  }

  private PoolingOperations operations(INDArray x) {
    OneDnn library = OneDnn.ofCurrentThread();
    return library.operations(
        new PoolingOperations.Key(new ArrayForm(x), geometry, function),
        key -> new PoolingOperations(library, key));
  }
}
