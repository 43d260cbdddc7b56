/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import org.anodespark.odelayers.kernel.PoolingKernel;
import org.anodespark.odelayers.memory.ArrayPool;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.NoParamLayer;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Runs a pooling kernel, whose record is the layer's statistics.
 *
 * @param <C> the configuration bean
 */
abstract class AbstractPoolingLayer<C extends NoParamLayer> extends AbstractParameterlessLayer<C> {
  private static final long serialVersionUID = 1L;

  private final transient PoolingKernel kernel;

  AbstractPoolingLayer(
      NeuralNetConfiguration configuration, DataType dataType, PoolingKernel kernel) {
    super(configuration, dataType);
    this.kernel = kernel;
  }

  @Override
  public Type type() {
    return Type.SUBSAMPLING;
  }

  @Override
  public boolean hasStatistics() {
    return kernel.keepsRecord();
  }

  @Override
  public long[] statisticsShape(INDArray x) {
    return kernel.keepsRecord() ? new long[] {kernel.recordLength(x)} : super.statisticsShape(x);
  }

  @Override
  public boolean readsInput() {
    return kernel.readsInput();
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      INDArray mask, MaskState state, int minibatchSize) {
    Inputs.refuseMask(mask, layerConf());
    return super.feedForwardMaskArray(null, state, minibatchSize);
  }

  @Override
  public LayerPasses passes(ArrayPool pool) {
    return new Passes(pool);
  }

  private final class Passes implements LayerPasses {
    private final ArrayPool pool;

    Passes(ArrayPool pool) {
      this.pool = pool;
    }

    @Override
    public void forward(INDArray x, INDArray y, INDArray statistics, boolean training) {
      kernel.forward(x, y, statistics, pool);
    }

    @Override
    public void pushforward(INDArray x, INDArray y, INDArray statistics, INDArray dx, INDArray dy) {
      kernel.pushforward(x, dx, dy, pool);
    }

    @Override
    public void backward(
        INDArray x,
        INDArray y,
        INDArray statistics,
        INDArray dy,
        INDArray dx,
        boolean ofParameters) {
      kernel.backward(x, statistics, dy, dx, pool);
    }
  }
}
