/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel;

import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The average over each whole image, {@code [N, H, W, C]} to {@code [N, C]}: one large window. */
final class GlobalAverage implements PoolingKernel {
  private final Kernels kernels;

  GlobalAverage(Kernels kernels) {
    this.kernels = kernels;
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
    return false;
  }

  @Override
  public void forward(INDArray x, INDArray y, INDArray keptRecord, ArrayPool pool) {
    windowOver(x).forward(x, asImages(y), null, pool);
  }

  @Override
  public void pushforward(INDArray x, INDArray dx, INDArray dy, ArrayPool pool) {
    windowOver(dx).pushforward(null, dx, asImages(dy), pool);
  }

  @Override
  public void backward(INDArray x, INDArray keptRecord, INDArray dy, INDArray dx, ArrayPool pool) {
    windowOver(dx).backward(null, null, asImages(dy), dx, pool);
  }

  private PoolingKernel windowOver(INDArray images) {
    return kernels.pooling(
        PoolingGeometry.whole(images.size(1), images.size(2)), PoolingFunction.AVERAGE);
  }

  private static INDArray asImages(INDArray rows) {
    return rows.reshape('c', rows.size(0), 1, 1, rows.size(1));
  }
}
