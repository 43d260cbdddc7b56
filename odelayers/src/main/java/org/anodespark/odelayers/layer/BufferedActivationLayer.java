/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import java.util.Optional;
import org.anodespark.odelayers.kernel.Jet;
import org.anodespark.odelayers.kernel.KernelBackend;
import org.anodespark.odelayers.kernel.NonlinearityJet;
import org.anodespark.odelayers.kernel.NonlinearityKernel;
import org.anodespark.odelayers.memory.ArrayPool;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs a {@link BufferedActivation}. */
public class BufferedActivationLayer extends AbstractParameterlessLayer<BufferedActivation> {
  private static final long serialVersionUID = 1L;

  private final transient NonlinearityKernel kernel;

  BufferedActivationLayer(NeuralNetConfiguration configuration, DataType dataType) {
    super(configuration, dataType);
    kernel = KernelBackend.kernels(dataType).nonlinearity(layerConf().function());
  }

  @Override
  public long[] outputShape(long[] inputShape) {
    return inputShape;
  }

  @Override
  public boolean readsInput() {
    return true;
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
      kernel.forward(x, y, pool);
    }

    @Override
    public void pushforward(INDArray x, INDArray y, INDArray statistics, INDArray dx, INDArray dy) {
      kernel.derivative(x, dx, dy, pool);
    }

    @Override
    public void backward(
        INDArray x,
        INDArray y,
        INDArray statistics,
        INDArray dy,
        INDArray dx,
        boolean ofParameters) {
      kernel.derivative(x, dy, dx, pool);
    }

    @Override
    public Optional<Jet> jet() {
      return Optional.of(new NonlinearityJet(layerConf().function(), pool));
    }
  }
}
