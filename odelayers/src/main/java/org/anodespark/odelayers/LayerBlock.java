/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.anodespark.odelayers.dynamics.TimeInput;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.samediff.AbstractSameDiffLayer;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.shade.jackson.annotation.JsonIgnore;

/**
 * A layer whose fields are made of other layers: what it takes to hold them in a DL4J
 * configuration. Settings of the network (updater, weight initialisation, regularisation ...) reach
 * the inner layers as they reach any other layer. {@code AbstractSameDiffLayer} is the base class
 * only because it is the one through which DL4J hands these settings to a layer that holds others;
 * no SameDiff graph is involved.
 */
public abstract class LayerBlock extends AbstractSameDiffLayer {
  private static final long serialVersionUID = 1L;

  /** For JSON. */
  protected LayerBlock() {}

  /** As the builder says. */
  protected LayerBlock(Builder<?> builder) {
    super(builder);
  }

  /** All layers inside, in the order of their parameters; not copies. */
  abstract List<Layer> innerLayers();

  /** The layers inside, ready to run on their slices of the parameters. */
  final List<org.deeplearning4j.nn.api.Layer> instantiateInner(
      NeuralNetConfiguration configuration,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray parameters,
      boolean initializeParameters,
      DataType dataType) {
    List<Layer> inner = innerLayers();
    List<INDArray> slices =
        parameters == null
            ? Collections.nCopies(inner.size(), null)
            : LayerBlockParameters.slices(this, parameters);
    List<org.deeplearning4j.nn.api.Layer> layers = new ArrayList<>(inner.size());
    for (int i = 0; i < inner.size(); i++) {
      NeuralNetConfiguration child =
          LayerBlockParameters.childConfiguration(configuration, this, i);
      layers.add(
          inner
              .get(i)
              .instantiate(
                  child, listeners, layerIndex, slices.get(i), initializeParameters, dataType));
    }
    return layers;
  }

  /** What remains to be said to a block that runs. */
  static org.deeplearning4j.nn.api.Layer ready(
      LayerBlockLayer<?> layer,
      NeuralNetConfiguration configuration,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray parameters) {
    layer.setListeners(listeners);
    layer.setIndex(layerIndex);
    layer.setParamsViewArray(parameters);
    configuration.setVariables(new ArrayList<>(layer.paramTable().keySet()));
    return layer;
  }

  @Override
  public final ParamInitializer initializer() {
    return LayerBlockParameters.INSTANCE;
  }

  /**
   * Follows a type through a list of layers.
   *
   * @param layers first to last
   * @param name what the layers are, for an error message, e.g. "dynamics"
   * @param state type of the state, which the last layer must give back
   * @param timeInput says what each layer takes
   */
  final void requireStateBack(
      List<Layer> layers, String name, int layerIndex, InputType state, TimeInput timeInput) {
    StringBuilder path = new StringBuilder(String.valueOf(state));
    InputType type = state;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      InputType input = timeInput.inputOf(i, layer, type);
      if (!input.equals(type)) {
        path.append(" -> ").append(timeInput).append(' ').append(input);
      }
      type = input;
      if (layer.getPreProcessorForInputType(type) != null) {
        throw invalid(
            layer.getClass().getSimpleName()
                + " in its "
                + name
                + " does not take "
                + type
                + " as it is; put layers of one kind of input into one block.");
      }
      type = layer.getOutputType(layerIndex, type);
      path.append(" -> ").append(layer.getClass().getSimpleName()).append(' ').append(type);
    }
    if (!type.equals(state)) {
      throw invalid(
          "the "
              + name
              + " must give back the shape of their input, but turn "
              + path
              + "; change the last layer so that it ends in "
              + state
              + ".");
    }
  }

  /** Tells layers how many channels they are given. */
  static void setNIn(List<Layer> layers, InputType state, TimeInput timeInput, boolean override) {
    InputType type = state;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      InputType input = timeInput.inputOf(i, layer, type);
      layer.setNIn(input, override);
      type = layer.getOutputType(-1, input);
    }
  }

  /**
   * What layers need in memory, in entries for each example.
   *
   * @param updaterState of all parameters
   * @param evaluation what an evaluation of the layers keeps
   */
  record LayerMemory(long updaterState, long evaluation) {
    static LayerMemory of(List<Layer> layers, InputType state, TimeInput timeInput) {
      long updaterState = 0;
      long evaluation = timeInput.keptPerExample(state);
      InputType type = state;
      for (int i = 0; i < layers.size(); i++) {
        Layer layer = layers.get(i);
        InputType input = timeInput.inputOf(i, layer, type);
        updaterState += layer.getMemoryReport(input).getUpdaterStateSize();
        type = layer.getOutputType(-1, input);
        evaluation += type.arrayElementsPerExample();
      }
      return new LayerMemory(updaterState, evaluation);
    }
  }

  @Override
  public void applyGlobalConfig(NeuralNetConfiguration.Builder network) {
    super.applyGlobalConfig(network);
    // plain lists of the block's own: Kryo cannot read immutable ones
    setRegularization(new ArrayList<>(getRegularization()));
    setRegularizationBias(new ArrayList<>(getRegularizationBias()));
    for (Layer layer : innerLayers()) {
      network.clone().layer(layer).build();
    }
  }

  @Override
  public final List<Regularization> getRegularizationByParam(String parameter) {
    return child(parameter).getRegularizationByParam(LayerBlockParameters.nameInLayer(parameter));
  }

  @Override
  public final IUpdater getUpdaterByParam(String parameter) {
    return child(parameter).getUpdaterByParam(LayerBlockParameters.nameInLayer(parameter));
  }

  private Layer child(String parameter) {
    return innerLayers().get(LayerBlockParameters.layerIndex(parameter));
  }

  @Override
  public final void setDataType(DataType dataType) {
    innerLayers().forEach(layer -> layer.setDataType(dataType));
  }

  /** Empty and not part of the JSON: the parameters are those of the layers. */
  @Override
  @JsonIgnore
  public final SDLayerParams getLayerParams() {
    return new SDLayerParams();
  }

  /** Unused: the parameters are those of the layers. */
  @Override
  public final void defineParameters(SDLayerParams parameters) {}

  /** Unused: the layers initialise their own. */
  @Override
  public final void initializeParameters(Map<String, INDArray> parameters) {}

  /** Copies of layers: executors in one JVM must not share them. */
  static List<Layer> copies(List<Layer> layers) {
    List<Layer> copies = new ArrayList<>();
    for (Layer layer : layers) {
      copies.add(layer.clone());
    }
    return copies;
  }

  /** Refuses layers whose evaluations are not functions of state and parameters alone. */
  final void requireSupportedLayers(List<Layer> layers, String name) {
    if (layers.isEmpty()) {
      throw invalid("it has no " + name + "; give at least one layer to " + name + "(...).");
    }
    for (Layer layer : layers) {
      String layerType = layer.getClass().getSimpleName();
      if (layer instanceof BaseOutputLayer
          || layer instanceof BaseRecurrentLayer
          || layer instanceof LayerBlock) {
        throw invalid(layerType + " cannot be part of the " + name + "; use feed-forward layers.");
      }
      if (layer.getIDropout() != null
          || (layer instanceof BaseLayer base && base.getWeightNoise() != null)) {
        throw invalid(
            layerType
                + " in its "
                + name
                + " has dropout or weight noise, which would make it differ from one evaluation to"
                + " the next; put them before or behind the block.");
      }
    }
  }

  final DL4JInvalidConfigException invalid(String reason) {
    return new DL4JInvalidConfigException(
        getClass().getSimpleName() + " \"" + layerName + "\": " + reason);
  }
}
