/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import java.util.Collection;
import org.anodespark.odelayers.kernel.Precision;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.NoParamLayer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * As {@link AbstractBufferedLayer}, for layers without parameters. Like DL4J's own they know no
 * dropout.
 *
 * @param <C> the configuration bean
 */
abstract class AbstractParameterlessLayer<C extends NoParamLayer> extends AbstractLayer<C>
    implements BufferedLayer {
  private static final long serialVersionUID = 1L;
  private static final long[] NONE = {};

  private final transient LatestPass latest;

  AbstractParameterlessLayer(NeuralNetConfiguration configuration, DataType dataType) {
    super(configuration, dataType);
    latest = new LatestPass(this, dataType);
  }

  /** Does what DL4J asks of a bean's {@code instantiate}, once the implementation is made. */
  static Layer initialise(
      AbstractParameterlessLayer<?> layer, Collection<TrainingListener> listeners, int layerIndex) {
    layer.setListeners(listeners);
    layer.setIndex(layerIndex);
    return layer;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    return latest.forward(input, Precision.NETWORK, training, workspaces);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    return new Pair<>(new DefaultGradient(), latest.backward(input, epsilon, workspaces));
  }

  @Override
  public boolean hasStatistics() {
    return false;
  }

  @Override
  public long[] statisticsShape(INDArray x) {
    return NONE;
  }

  @Override
  public boolean readsOutput() {
    return false;
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

  @Override
  public void clearNoiseWeightParams() {
    // there are no weights
  }
}
