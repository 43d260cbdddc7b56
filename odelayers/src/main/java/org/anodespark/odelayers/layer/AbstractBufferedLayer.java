/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import java.util.Collection;
import java.util.Map;
import org.anodespark.odelayers.kernel.Precision;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Lets a {@link BufferedLayer} with parameters stand in any DL4J network: DL4J's calls are answered
 * by its {@link LayerPasses} on arrays of DL4J's workspaces.
 *
 * @param <C> the configuration bean
 */
abstract class AbstractBufferedLayer<C extends BaseLayer>
    extends org.deeplearning4j.nn.layers.BaseLayer<C> implements BufferedLayer {
  private static final long serialVersionUID = 1L;

  private final transient LatestPass latest;

  AbstractBufferedLayer(NeuralNetConfiguration configuration, DataType dataType) {
    super(configuration, dataType);
    latest = new LatestPass(this, dataType);
  }

  /** Does what DL4J asks of a bean's {@code instantiate}, once the implementation is made. */
  static Layer initialise(
      AbstractBufferedLayer<?> layer,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray parameters,
      boolean initializeParameters) {
    NeuralNetConfiguration configuration = layer.conf();
    layer.setListeners(listeners);
    layer.setIndex(layerIndex);
    layer.setParamsViewArray(parameters);
    layer.setParamTable(
        configuration
            .getLayer()
            .initializer()
            .init(configuration, parameters, initializeParameters));
    return layer;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    applyDropOutIfNecessary(training, workspaces);
    return latest.forward(input, precision(), training, workspaces);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    INDArray dx = latest.backward(input, epsilon, workspaces);
    Gradient gradient = new DefaultGradient();
    for (Map.Entry<String, INDArray> view : gradientViews.entrySet()) {
      gradient.setGradientFor(view.getKey(), view.getValue());
    }
    weightNoiseParams.clear();
    return new Pair<>(gradient, backpropDropOutIfPresent(dx));
  }

  @Override
  public void clear() {
    super.clear();
    latest.release();
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  /** In which precision the layer computes on its input. */
  Precision precision() {
    return Precision.NETWORK;
  }
}
