/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.BETA;
import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.GAMMA;
import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.GLOBAL_MEAN;
import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.GLOBAL_VAR;

import org.anodespark.odelayers.kernel.BatchNormKernel;
import org.anodespark.odelayers.kernel.KernelBackend;
import org.anodespark.odelayers.memory.ArrayPool;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.SubOp;
import org.nd4j.linalg.factory.Nd4j;

/** Runs a {@link ChannelsLastBatchNorm}. */
public class ChannelsLastBatchNormLayer extends AbstractNormLayer<ChannelsLastBatchNorm> {
  private static final long serialVersionUID = 1L;

  private final transient BatchNormKernel kernel;

  ChannelsLastBatchNormLayer(NeuralNetConfiguration configuration, DataType dataType) {
    super(configuration, dataType);
    kernel =
        KernelBackend.kernels(dataType).batchNorm(layerConf().getEps(), layerConf().rectified());
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
    return passes("", pool);
  }

  /**
   * The passes with one of several sets of parameters.
   *
   * @param suffix behind the names of the parameters
   */
  final LayerPasses passes(String suffix, ArrayPool pool) {
    return new Passes(suffix, pool);
  }

  /** As DL4J's batch normalisation, this one knows no dropout. */
  @Override
  protected void applyDropOutIfNecessary(boolean training, LayerWorkspaceMgr workspaces) {
    // the input stays as it is
  }

  @Override
  protected INDArray backpropDropOutIfPresent(INDArray gradient) {
    return gradient;
  }

  /** Running statistics are subtracted, not stepped along: DL4J's distributed-safe form. */
  @Override
  public boolean updaterDivideByMinibatch(String parameter) {
    return !(GLOBAL_MEAN.equals(parameter) || GLOBAL_VAR.equals(parameter));
  }

  private void pseudoGradients(String suffix, INDArray statistics) {
    long channels = layerConf().getNOut();
    pseudoGradient(GLOBAL_MEAN + suffix, kernel.mean(statistics, channels));
    pseudoGradient(GLOBAL_VAR + suffix, kernel.variance(statistics, channels));
  }

  private void pseudoGradient(String parameter, INDArray batchValue) {
    INDArray view = gradientViews.get(parameter);
    Nd4j.getExecutioner()
        .exec(new SubOp(getParam(parameter), batchValue.reshape(view.shape()), view));
    view.muli(1.0 - layerConf().getDecay());
  }

  private final class Passes implements LayerPasses {
    private final String suffix;
    private final ArrayPool pool;

    /** Sum of what was observed; null before. */
    private INDArray observed;

    private int observations;

    Passes(String suffix, ArrayPool pool) {
      this.suffix = suffix;
      this.pool = pool;
    }

    private INDArray parameter(String name) {
      return getParam(name + suffix);
    }

    private INDArray gradient(String name) {
      return gradientViews.get(name + suffix);
    }

    @Override
    public void forward(INDArray x, INDArray y, INDArray statistics, boolean training) {
      if (training) {
        INDArray kept = statistics == null ? pool.borrow(statisticsShape(x)) : statistics;
        kernel.forwardTraining(x, parameter(GAMMA), parameter(BETA), y, kept, pool);
        if (statistics == null) {
          pool.giveBack(kept);
        }
      } else {
        kernel.forwardInference(
            x,
            parameter(GAMMA),
            parameter(BETA),
            parameter(GLOBAL_MEAN),
            parameter(GLOBAL_VAR),
            y,
            pool);
      }
    }

    @Override
    public void observe(INDArray statistics) {
      if (observed == null) {
        observed = statistics.ulike().assign(0.0);
      }
      observed.addi(statistics);
      observations++;
    }

    @Override
    public void writeObserved() {
      if (observed != null) {
        pseudoGradients(suffix, observed.div(observations));
      }
    }

    @Override
    public void pushforward(INDArray x, INDArray y, INDArray statistics, INDArray dx, INDArray dy) {
      kernel.pushforward(x, y, parameter(GAMMA), parameter(BETA), statistics, dx, dy, pool);
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
          x, y, parameter(GAMMA), statistics, dy, dx, gradient(GAMMA), gradient(BETA), pool);
      pseudoGradients(suffix, statistics);
    }
  }
}
