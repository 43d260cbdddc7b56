/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import static org.deeplearning4j.nn.params.ConvolutionParamInitializer.BIAS_KEY;
import static org.deeplearning4j.nn.params.ConvolutionParamInitializer.WEIGHT_KEY;

import java.util.HashMap;
import java.util.Map;
import org.anodespark.odelayers.kernel.LinearKernel.ParameterSlices;
import org.anodespark.odelayers.kernel.Weights;
import org.anodespark.odelayers.layer.WeightEvolution.Coefficient;
import org.anodespark.odelayers.memory.ArrayPool;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs an {@link EvolvingConvolution}. */
public class EvolvingConvolutionLayer extends ChannelsLastConvolutionLayer implements TimedLayer {
  private static final long serialVersionUID = 1L;

  EvolvingConvolutionLayer(NeuralNetConfiguration configuration, DataType dataType) {
    super(configuration, dataType);
  }

  private EvolvingConvolution bean() {
    return (EvolvingConvolution) layerConf();
  }

  @Override
  public LayerPasses passes(ArrayPool pool) {
    Evolved evolved = new Evolved(pool);
    return new AtOneTime(evolved, bean().getTiming().ofWeights(0.0)) {
      @Override
      public void close() {
        evolved.close();
      }
    };
  }

  @Override
  public TimedPasses timedPasses(ArrayPool pool) {
    return new Evolved(pool);
  }

  /** Puts coefficients that an update has left below their minimum back to it. */
  @Override
  public void applyConstraints(int iteration, int epoch) {
    super.applyConstraints(iteration, epoch);
    for (Coefficient coefficient : bean().getEvolution().coefficients()) {
      if (coefficient.minimum() > Double.NEGATIVE_INFINITY) {
        INDArray values = getParam(coefficient.name());
        for (long i = 0; i < values.length(); i++) {
          values.putScalar(i, Math.max(coefficient.minimum(), values.getDouble(i)));
        }
      }
    }
  }

  /** The passes at all times, with the weights of each time that has been asked for. */
  private final class Evolved implements TimedPasses {
    private final ArrayPool pool;
    private final WeightPath path;
    private final Map<Double, Weights> weights = new HashMap<>();

    Evolved(ArrayPool pool) {
      this.pool = pool;
      path =
          bean()
              .getEvolution()
              .path(
                  getParam(WEIGHT_KEY),
                  EvolvingConvolutionParameters.coefficients(bean(), paramsFlattened));
    }

    @Override
    public LayerPasses at(double time) {
      return new AtOneTime(this, bean().getTiming().ofWeights(time));
    }

    Weights weights(double time) {
      return weights.computeIfAbsent(
          time,
          ignored -> {
            INDArray evolved = pool.borrow(getParam(WEIGHT_KEY).shape());
            path.at(time, evolved);
            return new Weights(evolved, pool);
          });
    }

    /** The gradient of the weights at a time becomes that of the parameters. */
    void pullback(double time, INDArray gradient) {
      path.pullback(
          time,
          gradient,
          gradientViews.get(WEIGHT_KEY),
          EvolvingConvolutionParameters.coefficients(bean(), gradientsFlattened));
    }

    @Override
    public void close() {
      for (Weights each : weights.values()) {
        each.close();
        pool.giveBack(each.plain());
      }
      weights.clear();
    }
  }

  private class AtOneTime implements LayerPasses {
    private final Evolved evolved;
    private final double time;

    /**
     * @param time of the weights
     */
    AtOneTime(Evolved evolved, double time) {
      this.evolved = evolved;
      this.time = time;
    }

    @Override
    public void forward(INDArray x, INDArray y, INDArray statistics, boolean training) {
      kernel().forward(x, evolved.weights(time), getParam(BIAS_KEY), y, evolved.pool);
    }

    @Override
    public void pushforward(INDArray x, INDArray y, INDArray statistics, INDArray dx, INDArray dy) {
      kernel().pushforward(y, evolved.weights(time), dx, dy, evolved.pool);
    }

    @Override
    public void backward(
        INDArray x,
        INDArray y,
        INDArray statistics,
        INDArray dy,
        INDArray dx,
        boolean ofParameters) {
      Weights weights = evolved.weights(time);
      if (!ofParameters) {
        kernel().backward(x, weights, y, dy, dx, null, evolved.pool);
        return;
      }
      INDArray ofWeights = evolved.pool.borrow(weights.plain().shape());
      kernel()
          .backward(
              x,
              weights,
              y,
              dy,
              dx,
              new ParameterSlices(ofWeights, gradientViews.get(BIAS_KEY)),
              evolved.pool);
      evolved.pullback(time, ofWeights);
      evolved.pool.giveBack(ofWeights);
    }
  }
}
