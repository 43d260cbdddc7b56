/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.BETA;
import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.GAMMA;

import org.anodespark.odelayers.kernel.GroupNormKernel;
import org.anodespark.odelayers.kernel.KernelBackend;
import org.anodespark.odelayers.memory.ArrayPool;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs a {@link ChannelsLastGroupNorm}. */
public class ChannelsLastGroupNormLayer extends AbstractNormLayer<ChannelsLastGroupNorm> {
  private static final long serialVersionUID = 1L;

  private final transient GroupNormKernel kernel;

  ChannelsLastGroupNormLayer(NeuralNetConfiguration configuration, DataType dataType) {
    super(configuration, dataType);
    kernel =
        KernelBackend.kernels(dataType)
            .groupNorm(layerConf().getGroups(), layerConf().getEps(), layerConf().rectified());
  }

  @Override
  public long[] statisticsShape(INDArray x) {
    return new long[] {kernel.recordLength(x)};
  }

  @Override
  public boolean readsOutput() {
    return kernel.readsOutput();
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
      INDArray kept = statistics == null ? pool.borrow(statisticsShape(x)) : statistics;
      kernel.forward(x, getParam(GAMMA), getParam(BETA), y, kept, pool);
      if (statistics == null) {
        pool.giveBack(kept);
      }
    }

    @Override
    public void pushforward(INDArray x, INDArray y, INDArray statistics, INDArray dx, INDArray dy) {
      kernel.pushforward(x, y, getParam(GAMMA), statistics, dx, dy, pool);
    }

    @Override
    public void backward(
        INDArray x,
        INDArray y,
        INDArray statistics,
        INDArray dy,
        INDArray dx,
        boolean ofParameters) {
      kernel.backward(
          x,
          y,
          getParam(GAMMA),
          statistics,
          dy,
          dx,
          gradientViews.get(GAMMA),
          gradientViews.get(BETA),
          pool);
    }
  }
}
