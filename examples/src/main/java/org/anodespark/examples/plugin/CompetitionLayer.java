/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.plugin;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A Deeplearning4j layer from outside the library, as dynamics of an {@code OdeBlock}: C species
 * that help or hinder each other, {@code f(y) = y * (b + y W)}, entry by entry (the generalised
 * Lotka-Volterra equations). Input and output have shape {@code [N, C]}; the parameters have the
 * names and shapes of a dense layer's, {@code W [C, C]} for the interactions and {@code b [1, C]}
 * for the growth of each species by itself.
 */
public final class CompetitionLayer extends FeedForwardLayer {
  private static final long serialVersionUID = 1L;

  /** For JSON; a {@link Builder} makes one otherwise. */
  public CompetitionLayer() {}

  private CompetitionLayer(Builder builder) {
    super(builder);
  }

  @Override
  public void setNIn(InputType inputType, boolean override) {
    super.setNIn(inputType, override);
    setNOut(getNIn());
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    return inputType;
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration configuration,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray parameters,
      boolean initializeParameters,
      DataType dataType) {
    CompetitionLayerImplementation layer =
        new CompetitionLayerImplementation(configuration, dataType);
    layer.setListeners(listeners);
    layer.setIndex(layerIndex);
    layer.setParamsViewArray(parameters);
    layer.setParamTable(initializer().init(configuration, parameters, initializeParameters));
    return layer;
  }

  @Override
  public ParamInitializer initializer() {
    return DefaultParamInitializer.getInstance();
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType inputType) {
    long parameters = initializer().numParams(this);
    return new LayerMemoryReport.Builder(
            getLayerName(), CompetitionLayer.class, inputType, inputType)
        .standardMemory(parameters, getIUpdater().stateSize(parameters))
        .workingMemory(0, getNOut(), 0, 2 * getNOut())
        .cacheMemory(MemoryReport.CACHE_MODE_ALL_ZEROS, MemoryReport.CACHE_MODE_ALL_ZEROS)
        .build();
  }

  /** Builds the layer; the number of species comes from the input. */
  @SuppressWarnings("unchecked") // DL4J declares build() with a type parameter of its own
  public static final class Builder extends FeedForwardLayer.Builder<Builder> {
    @Override
    public CompetitionLayer build() {
      return new CompetitionLayer(this);
    }
  }
}
