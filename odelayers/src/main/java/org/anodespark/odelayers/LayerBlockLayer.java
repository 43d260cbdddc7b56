/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anodespark.odelayers.dynamics.TimeInput;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runs a {@link LayerBlock}, as far as its parameters go: those of the layers inside, in one flat
 * view, by the names of {@link LayerBlockParameters}.
 */
abstract class LayerBlockLayer<C extends LayerBlock> extends AbstractLayer<C> {
  private static final long serialVersionUID = 1L;

  final List<Layer> layers;

  /** What is to be differentiated; null if nothing is. */
  transient BlockOutput.OutputTrajectory trajectory;

  private INDArray parameters;
  private INDArray gradients;
  private transient Map<String, INDArray> gradientViews = Map.of();

  LayerBlockLayer(NeuralNetConfiguration configuration, DataType dataType, List<Layer> layers) {
    super(configuration, dataType);
    this.layers = List.copyOf(layers);
  }

  /** Refuses layers that cannot be given the time in this way. */
  final void requireLayersFor(TimeInput timeInput) {
    try {
      timeInput.check(layers);
    } catch (IllegalArgumentException e) {
      throw layerConf().invalid(e.getMessage());
    }
  }

  /**
   * The layers inside have their gradient views.
   *
   * @param view the gradients of all parameters
   * @param views the same by name
   */
  abstract void attachGradients(INDArray view, Map<String, INDArray> views);

  /**
   * The gradients of the latest solve, of all parameters and of its initial state.
   *
   * @param epsilon the gradient of the output
   * @param adjoint receives that of the input
   */
  abstract void pullback(INDArray epsilon, INDArray adjoint);

  @Override
  public final Pair<Gradient, INDArray> backpropGradient(
      INDArray epsilon, LayerWorkspaceMgr workspaces) {
    if (trajectory == null) {
      throw new IllegalStateException(
          "No solve to differentiate in "
              + layerId()
              + ": backpropGradient needs an activate(training = true) before it, and only once.");
    }
    INDArray adjoint =
        workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, input.shape(), 'c');
    try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      pullback(epsilon, adjoint);
    } catch (OdeSolveException e) {
      throw e.inBlock(layerConf().getLayerName());
    }
    closeTrajectory();
    return new Pair<>(gradient(), backpropDropOutIfPresent(adjoint));
  }

  /** Gives back what the latest solve has kept. */
  void closeTrajectory() {
    if (trajectory != null) {
      LatestSolve.forget(trajectory);
      trajectory.close();
      trajectory = null;
    }
  }

  @Override
  public final Gradient gradient() {
    Gradient gradient = new DefaultGradient();
    gradientViews.forEach(gradient::setGradientFor);
    return gradient;
  }

  @Override
  public void clear() {
    closeTrajectory();
    layers.forEach(Layer::clear);
    super.clear();
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public void clearNoiseWeightParams() {
    // weight noise is refused when the block is built
  }

  @Override
  public boolean updaterDivideByMinibatch(String parameter) {
    return layers
        .get(LayerBlockParameters.layerIndex(parameter))
        .updaterDivideByMinibatch(LayerBlockParameters.nameInLayer(parameter));
  }

  @Override
  public INDArray params() {
    return parameters;
  }

  @Override
  public long numParams() {
    return parameters == null ? 0 : parameters.length();
  }

  @Override
  public void setParamsViewArray(INDArray view) {
    parameters = view;
  }

  @Override
  public void setParams(INDArray values) {
    if (values != parameters) {
      parameters.assign(values.reshape(parameters.shape()));
    }
  }

  @Override
  public INDArray getGradientsViewArray() {
    return gradients;
  }

  @Override
  public void setBackpropGradientsViewArray(INDArray view) {
    gradients = view;
    List<INDArray> slices = LayerBlockParameters.slices(layerConf(), view);
    for (int i = 0; i < layers.size(); i++) {
      if (slices.get(i) != null) {
        layers.get(i).setBackpropGradientsViewArray(slices.get(i));
      }
    }
    gradientViews = LayerBlockParameters.INSTANCE.getGradientsFromFlattened(conf, view);
    attachGradients(view, gradientViews);
  }

  @Override
  public Map<String, INDArray> paramTable(boolean backpropParametersOnly) {
    Map<String, INDArray> table = new LinkedHashMap<>();
    for (int i = 0; i < layers.size(); i++) {
      int index = i;
      layers
          .get(i)
          .paramTable(backpropParametersOnly)
          .forEach(
              (parameter, value) -> table.put(LayerBlockParameters.name(index, parameter), value));
    }
    return table;
  }

  @Override
  public INDArray getParam(String parameter) {
    return layers
        .get(LayerBlockParameters.layerIndex(parameter))
        .getParam(LayerBlockParameters.nameInLayer(parameter));
  }

  @Override
  public void setParam(String parameter, INDArray value) {
    layers
        .get(LayerBlockParameters.layerIndex(parameter))
        .setParam(LayerBlockParameters.nameInLayer(parameter), value);
  }

  @Override
  public void setParamTable(Map<String, INDArray> table) {
    table.forEach(this::setParam);
  }

  @Override
  public double calcRegularizationScore(boolean backpropParametersOnly) {
    return layers.stream()
        .mapToDouble(layer -> layer.calcRegularizationScore(backpropParametersOnly))
        .sum();
  }

  @Override
  public void applyConstraints(int iteration, int epoch) {
    layers.forEach(layer -> layer.applyConstraints(iteration, epoch));
  }

  @Override
  public void setIterationCount(int iterationCount) {
    super.setIterationCount(iterationCount);
    layers.forEach(layer -> layer.setIterationCount(iterationCount));
  }

  @Override
  public void setEpochCount(int epochCount) {
    super.setEpochCount(epochCount);
    layers.forEach(layer -> layer.setEpochCount(epochCount));
  }

  @Override
  public void setCacheMode(CacheMode mode) {
    super.setCacheMode(mode);
    if (layers != null) {
      layers.forEach(layer -> layer.setCacheMode(mode));
    }
  }
}
