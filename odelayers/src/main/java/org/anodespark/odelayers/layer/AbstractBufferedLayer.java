/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import java.util.Collection;
import java.util.Map;
import org.anodespark.odelayers.kernel.KernelBackend;
import org.anodespark.odelayers.kernel.Precision;
import org.anodespark.odelayers.memory.ArrayPool;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Lets a {@link BufferedLayer} stand in any DL4J network: DL4J's calls are answered by its {@link
 * LayerPasses} on arrays of DL4J's workspaces.
 *
 * @param <C> the configuration bean
 */
abstract class AbstractBufferedLayer<C extends BaseLayer>
    extends org.deeplearning4j.nn.layers.BaseLayer<C> implements BufferedLayer {
  private static final long serialVersionUID = 1L;

  private transient LayerPasses passes;
  private transient INDArray converted;
  private transient INDArray output;
  private transient INDArray statistics;

  AbstractBufferedLayer(NeuralNetConfiguration configuration, DataType dataType) {
    super(configuration, dataType);
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
    INDArray given = Contiguous.of(input, dataType, ArrayType.ACTIVATIONS, workspaces);
    INDArray y =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS, dataType, outputShape(given.shape()), 'c');
    release();
    INDArray x = inPrecision(given);
    passes = passes(pool());
    if (training && hasStatistics()) {
      statistics = pool().borrow(statisticsShape(x));
    }
    passes.forward(x, y, statistics, training);
    if (training && readsOutput()) {
      // a copy, because DL4J lets the next layer work in place on this one's output
      output = pool().borrow(y.shape());
      output.assign(y);
    }
    if (!training) {
      release();
    }
    return y;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    INDArray x =
        converted == null
            ? Contiguous.of(input, dataType, ArrayType.ACTIVATION_GRAD, workspaces)
            : converted;
    INDArray dx =
        workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, x.shape(), 'c');
    INDArray dy = pool().borrow(epsilon.shape());
    dy.assign(epsilon);
    passes.backward(x, output, statistics, dy, dx, true);
    pool().giveBack(dy);
    release();
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
    release();
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  /** In which precision the layer computes on its input. */
  Precision precision() {
    return Precision.NETWORK;
  }

  /** The input itself, or a copy in the layer's precision, which is kept for the backward pass. */
  private INDArray inPrecision(INDArray given) {
    DataType images = precision().images(dataType);
    if (images == dataType) {
      return given;
    }
    converted = pool().borrow(images, given.shape());
    KernelBackend.kernels(dataType).conversion().convert(given, converted);
    return converted;
  }

  private void release() {
    if (converted != null) {
      pool().giveBack(converted);
      converted = null;
    }
    if (passes != null) {
      passes.close();
      passes = null;
    }
    if (statistics != null) {
      pool().giveBack(statistics);
      statistics = null;
    }
    if (output != null) {
      pool().giveBack(output);
      output = null;
    }
  }

  private ArrayPool pool() {
    return ArrayPool.ofCurrentThread(dataType);
  }
}
