/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.anodespark.odelayers.adjoint.AdjointCost;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.dynamics.NoTime;
import org.anodespark.odelayers.dynamics.TimeInput;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.regularization.Regularizer;
import org.anodespark.odelayers.regularization.RegularizerSet;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.TimeGrid;
import org.anodespark.odelayers.solver.control.FixedSteps;
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
import org.nd4j.shade.jackson.annotation.JsonInclude;

/**
 * A layer whose fields are made of other layers: what it takes to hold them in a DL4J
 * configuration. Settings of the network (updater, weight initialisation, regularisation ...) reach
 * the inner layers as they reach any other layer. {@code AbstractSameDiffLayer} is the base class
 * only because it is the one through which DL4J hands these settings to a layer that holds others;
 * no SameDiff graph is involved.
 */
public abstract class LayerBlock extends AbstractSameDiffLayer {
  private static final long serialVersionUID = 1L;

  private TimeInput timeInput = new NoTime();
  private double startTime;
  private double endTime = 1.0;
  private double[] outputTimes = {};
  private StepControl stepControl;
  private AdjointStrategy adjoint = new AnodeCheckpoint();
  private List<Regularizer> regularizers = new ArrayList<>();

  /** For JSON. */
  protected LayerBlock() {}

  /** As the builder says. */
  protected LayerBlock(Builder<?> builder) {
    super(builder);
    timeInput = builder.timeInput;
    startTime = builder.startTime;
    endTime = builder.endTime;
    outputTimes = builder.outputTimes;
    stepControl = builder.stepControl;
    adjoint = builder.adjoint;
    regularizers = builder.regularizers;
  }

  /** How the fields depend on time. */
  public TimeInput getTimeInput() {
    return timeInput;
  }

  public void setTimeInput(TimeInput timeInput) {
    this.timeInput = timeInput;
  }

  public double getStartTime() {
    return startTime;
  }

  public void setStartTime(double startTime) {
    this.startTime = startTime;
  }

  public double getEndTime() {
    return endTime;
  }

  public void setEndTime(double endTime) {
    this.endTime = endTime;
  }

  /** The times whose states the block puts out; empty for that at the end only. */
  public double[] getOutputTimes() {
    return outputTimes.clone();
  }

  public void setOutputTimes(double[] outputTimes) {
    this.outputTimes = outputTimes.clone();
  }

  /** Chooses the steps. */
  public StepControl getStepControl() {
    return stepControl;
  }

  public void setStepControl(StepControl stepControl) {
    this.stepControl = stepControl;
  }

  /** Where the gradient comes from. */
  public AdjointStrategy getAdjoint() {
    return adjoint;
  }

  public void setAdjoint(AdjointStrategy adjoint) {
    this.adjoint = adjoint;
  }

  /** What makes the equation easier to solve while the block trains. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public List<Regularizer> getRegularizers() {
    return regularizers;
  }

  public void setRegularizers(List<Regularizer> regularizers) {
    this.regularizers = new ArrayList<>(regularizers);
  }

  /** The regularisers, together. */
  final RegularizerSet regularization() {
    return new RegularizerSet(regularizers);
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
   */
  final void requireStateBack(List<Layer> layers, String name, int layerIndex, InputType state) {
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

  /**
   * What layers need in memory, in entries for each example.
   *
   * @param updaterState of all parameters
   * @param evaluation what an evaluation of the layers keeps
   */
  record LayerMemory(long updaterState, long evaluation) {}

  /** What the layers of a field need. */
  final LayerMemory memoryOf(List<Layer> field, InputType state) {
    long updaterState = 0;
    long evaluation = timeInput.keptPerExample(state);
    InputType type = state;
    for (int i = 0; i < field.size(); i++) {
      Layer layer = field.get(i);
      InputType input = timeInput.inputOf(i, layer, type);
      updaterState += layer.getMemoryReport(input).getUpdaterStateSize();
      type = layer.getOutputType(-1, input);
      evaluation += type.arrayElementsPerExample();
    }
    return new LayerMemory(updaterState, evaluation);
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

  /** Tells the layers of a field the types of their inputs. */
  final void setInputs(List<Layer> field, InputType state, boolean override) {
    InputType type = state;
    for (int i = 0; i < field.size(); i++) {
      Layer layer = field.get(i);
      InputType input = timeInput.inputOf(i, layer, type);
      layer.setNIn(input, override);
      type = layer.getOutputType(-1, input);
    }
  }

  /** The type of the output. */
  final InputType outputOf(InputType state) {
    return outputTimes.length == 0 ? state : seriesOf(state);
  }

  /** Several states of the form [N, C] are a time series [N, C, T]. */
  private InputType seriesOf(InputType state) {
    if (state instanceof InputType.InputTypeFeedForward vector) {
      return InputType.recurrent(vector.getSize(), outputTimes.length);
    }
    throw invalid(
        "outputTimes(...) makes a time series of states [N, C], and the state here is "
            + state
            + "; put out one state, or use several blocks one after the other.");
  }

  /** Refuses times that do not follow each other from the start of the interval to its end. */
  final void requireOutputTimesWithin() {
    if (outputTimes.length == 0) {
      return;
    }
    double[] times = new double[outputTimes.length + 1];
    times[0] = startTime;
    System.arraycopy(outputTimes, 0, times, 1, outputTimes.length);
    try {
      TimeGrid.of(times);
    } catch (IllegalArgumentException e) {
      throw invalid("start time and output times do not fit each other: " + e.getMessage());
    }
    double last = outputTimes[outputTimes.length - 1];
    if (last != endTime) {
      throw invalid(
          "the last output time is "
              + last
              + ", expected the end of the interval, "
              + endTime
              + ".");
    }
  }

  /**
   * Refuses regularisers that do not work with each other or with other settings.
   *
   * @throws OdeSolveException with reason {@code UNSUPPORTED_COMBINATION}
   */
  final void requireRegularizersThatFit(StepMethod method) {
    regularization()
        .check(method, stepControl, adjoint, startTime, endTime, outputTimes.length > 0);
  }

  /** What training keeps besides the parameters, in numbers per example, at its peak. */
  final long keptInTraining(StepMethod method, long state, long evaluation) {
    // a control that chooses its steps itself is counted with one step: nobody knows more ahead
    AdjointCost cost =
        adjoint.cost(stepControl.steps().orElse(1), regularization().measured(method, stepControl));
    return cost.peak().bytes(state, false, evaluation) + regularization().statesKept() * state;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LayerBlock that
        && super.equals(that)
        && settings().equals(that.settings());
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), settings());
  }

  /** What makes blocks equal or not besides what DL4J's layers compare, by name. */
  Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("timeInput", timeInput);
    settings.put("startTime", startTime);
    settings.put("endTime", endTime);
    settings.put("outputTimes", Arrays.stream(outputTimes).boxed().toList());
    settings.put("stepControl", stepControl);
    settings.put("adjoint", adjoint);
    settings.put("regularizers", regularizers);
    return settings;
  }

  @Override
  public String toString() {
    return getClass().getSimpleName() + "(name=" + layerName + ", " + settings() + ")";
  }

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

  /**
   * Builds a block.
   *
   * @param <B> the builder itself
   */
  @SuppressWarnings("unchecked") // DL4J's builders return themselves by their type parameter
  public abstract static class Builder<B extends Builder<B>>
      extends AbstractSameDiffLayer.Builder<B> {
    private TimeInput timeInput = new NoTime();
    private double startTime;
    private double endTime = 1.0;
    private double[] outputTimes = {};
    private StepControl stepControl;
    private AdjointStrategy adjoint = new AnodeCheckpoint();
    private List<Regularizer> regularizers = new ArrayList<>();

    /** For builders of blocks. */
    protected Builder() {}

    /** How the fields depend on time; {@link NoTime} by default. */
    public B timeInput(TimeInput timeInput) {
      this.timeInput = timeInput;
      return (B) this;
    }

    /**
     * @param start time of the input, 0 by default
     * @param end time of the output, 1 by default; may lie before {@code start} in an {@link
     *     OdeBlock}
     */
    public B interval(double start, double end) {
      startTime = start;
      endTime = end;
      return (B) this;
    }

    /**
     * Puts out the states at several times instead of that at the end: for a state {@code [N, C]} a
     * time series {@code [N, C, T]}. With fixed steps each stretch between two times has as many as
     * {@link #steps} says.
     *
     * @param times from the first to the last, which is the end of the interval
     */
    public B outputTimes(double... times) {
      outputTimes = times.clone();
      return (B) this;
    }

    /**
     * @param steps number of equal steps, at least 1
     */
    public B steps(int steps) {
      return stepControl(new FixedSteps(steps));
    }

    /**
     * Chooses the steps, e.g. {@code AdaptiveSteps}, which {@code StochasticSteps.adaptive} makes
     * for an {@link SdeBlock}; {@link #steps} for equal ones.
     */
    public B stepControl(StepControl stepControl) {
      this.stepControl = stepControl;
      return (B) this;
    }

    /**
     * Where the gradient comes from; {@link AnodeCheckpoint} by default. An {@link SdeBlock} takes
     * exact strategies only.
     */
    public B adjoint(AdjointStrategy adjoint) {
      this.adjoint = adjoint;
      return (B) this;
    }

    /**
     * Makes the equation easier to solve while the block trains, and does nothing in prediction;
     * none by default. What regularisers add to the loss is part of the network's score, as L2 is.
     *
     * @param regularizers of different kinds; an {@link SdeBlock} takes those of steps only
     */
    public B regularizers(Regularizer... regularizers) {
      this.regularizers = new ArrayList<>(Arrays.asList(regularizers));
      return (B) this;
    }
  }
}
