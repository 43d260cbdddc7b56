/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodespark.odelayers.dynamics.LayerStack;
import org.anodespark.odelayers.dynamics.ParameterGradient;
import org.anodespark.odelayers.dynamics.PseudoGradient;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.layer.Contiguous;
import org.anodespark.odelayers.layer.TimedLayer;
import org.anodespark.odelayers.regularization.RegularizedSolve;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.StepControl;
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
 * Runs a {@link LayerBlock}: the forward pass is a solve, the backward pass is the strategy's. The
 * parameters are those of the layers inside, in one flat view, by the names of {@link
 * LayerBlockParameters}.
 *
 * <p>The block's input lives in a DL4J workspace until the backward pass of the same iteration, so
 * a checkpoint of it costs nothing. All other arrays come from the thread's pool; only the output
 * and the gradient of the input are put into DL4J's workspaces.
 */
abstract class LayerBlockLayer<C extends LayerBlock> extends AbstractLayer<C> {
  private static final long serialVersionUID = 1L;

  final List<Layer> layers;

  /** The fields of the latest solve. */
  private transient List<LayerStack> stacks = List.of();

  /** What is to be differentiated; null if nothing is. */
  private transient BlockOutput.OutputTrajectory trajectory;

  /** Null unless there is a trajectory. */
  private transient RegularizedSolve regularized;

  /** What the regularisers of the latest solve add to the score; 0 in prediction. */
  private transient double penalty;

  private INDArray parameters;
  private INDArray gradients;
  private transient Map<String, INDArray> gradientViews = Map.of();

  LayerBlockLayer(NeuralNetConfiguration configuration, DataType dataType, List<Layer> layers) {
    super(configuration, dataType);
    this.layers = List.copyOf(layers);
  }

  /** Refuses layers that cannot be given the time in this way. */
  final void requireLayersForTimeInput() {
    try {
      layerConf().getTimeInput().check(layers);
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

  /** The part of the gradients that the updater takes as it is, if it is one. */
  final Optional<PseudoGradient> pseudoGradient(String parameter, INDArray slice) {
    if (updaterDivideByMinibatch(parameter)) {
      return Optional.empty();
    }
    String name = LayerBlockParameters.nameInLayer(parameter);
    return Optional.of(
        layers.get(LayerBlockParameters.layerIndex(parameter)) instanceof TimedLayer timed
            ? new PseudoGradient(slice, () -> timed.hasWritten(name))
            : PseudoGradient.ofEveryPullback(slice));
  }

  /** Where the gradients of the fields' parameters come together. */
  abstract List<ParameterGradient> parameterGradients();

  /** Solves by {@link #solveInTraining}. */
  abstract void train(INDArray y0, INDArray out);

  /** Solves without keeping anything. */
  abstract void predict(INDArray y0, INDArray out);

  @Override
  public final INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    applyDropOutIfNecessary(training, workspaces);
    closeTrajectory();
    LatestSolve.begin();
    INDArray y0 = Contiguous.of(input, dataType, ArrayType.ACTIVATIONS, workspaces);
    INDArray out =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS, dataType, output().shape(y0.shape()), 'c');
    penalty = 0;
    try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      if (training) {
        train(y0, out);
      } else {
        predict(y0, out);
        closeTrajectory();
      }
    } catch (OdeSolveException e) {
      closeTrajectory();
      throw e.inBlock(layerConf().getLayerName());
    }
    return out;
  }

  /** Remembers the fields of a solve, which are closed with it. */
  final void use(LayerStack... fields) {
    stacks = List.of(fields);
  }

  /** Chooses the steps of a solve: in training as the schedules say. */
  final StepControl stepControl(boolean training) {
    StepControl control = layerConf().getStepControl();
    return training ? control.during(getIterationCount(), getEpochCount()) : control;
  }

  /** What the block makes of a solve. */
  final BlockOutput output() {
    double[] times = layerConf().getOutputTimes();
    return times.length == 0 ? new FinalState() : new StateSeries(times);
  }

  /** Solves, keeping what the gradient needs. */
  final void solveInTraining(InitialValueProblem problem, INDArray y0, INDArray out) {
    regularized = layerConf().regularization().begin(problem, y0);
    trajectory = output().solve(layerConf().getAdjoint(), regularized.problem(), y0, out);
    LatestSolve.end(trajectory);
    penalty = regularized.finish(getIterationCount(), getEpochCount(), gradientScale());
  }

  /** DL4J adds gradients up over the examples of a minibatch and divides them before the update. */
  private double gradientScale() {
    return conf.isMiniBatch() ? input.size(0) : 1;
  }

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
      parameterGradients().forEach(ParameterGradient::reset);
      trajectory.pullback(epsilon, adjoint);
      regularized.pullback();
      parameterGradients().forEach(ParameterGradient::writeToView);
      stacks.forEach(LayerStack::writeObserved);
    } catch (OdeSolveException e) {
      throw e.inBlock(layerConf().getLayerName());
    } finally {
      closeTrajectory();
    }
    return new Pair<>(gradient(), backpropDropOutIfPresent(adjoint));
  }

  /** Gives back what the latest solve has kept. */
  private void closeTrajectory() {
    if (trajectory != null) {
      LatestSolve.forget(trajectory);
      trajectory.close();
      trajectory = null;
    }
    if (regularized != null) {
      regularized.close();
      regularized = null;
    }
    stacks.forEach(LayerStack::close);
    stacks = List.of();
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
    return penalty
        + layers.stream()
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
