/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.anodespark.odelayers.dynamics.TimeInput;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.kernel.Precision;
import org.anodespark.odelayers.layer.ChannelsLastConvolution;
import org.anodespark.odelayers.layer.EvolutionTiming;
import org.anodespark.odelayers.layer.EvolvingConvolution;
import org.anodespark.odelayers.layer.WeightEvolution;
import org.anodespark.odelayers.solver.StepMethod;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A residual block that is an ordinary differential equation: the output is y(t1) for dy/dt = f(t,
 * y; theta), y(t0) = input, where f is any list of DL4J layers whose last output has the shape of
 * y. Works in {@code MultiLayerNetwork} and {@code ComputationGraph}; input and output have the
 * same shape, whatever it is ({@code [N, H, W, C]}, {@code [N, C]}, ...).
 *
 * <pre>{@code
 * new OdeBlock.Builder()
 *     .dynamics(
 *         new ChannelsLastConvolution.Builder(3, 3).nOut(16).hasBias(false).build(),
 *         new ChannelsLastBatchNorm.Builder().activation(new ActivationReLU()).build())
 *     .solver(new Euler())
 *     .steps(2)
 *     .adjoint(new AnodeCheckpoint())
 *     .build()
 * }</pre>
 *
 * <p>The layers see y alone unless a {@link TimeInput} adds the time.
 */
public class OdeBlock extends LayerBlock {
  private static final long serialVersionUID = 1L;

  private List<Layer> dynamics = new ArrayList<>();
  private StepMethod solver;
  private Precision precision = Precision.NETWORK;

  /** For JSON; a {@link Builder} makes one otherwise. */
  public OdeBlock() {}

  private OdeBlock(Builder builder) {
    super(builder);
    dynamics = builder.evolvingDynamics();
    solver = builder.solver;
    precision = builder.precision;
  }

  /** The layers of f, first to last. */
  public List<Layer> getDynamics() {
    return dynamics;
  }

  public void setDynamics(List<Layer> dynamics) {
    this.dynamics = new ArrayList<>(dynamics);
  }

  /** The method of one step. */
  public StepMethod getSolver() {
    return solver;
  }

  public void setSolver(StepMethod solver) {
    this.solver = solver;
  }

  /** In which type f is evaluated and its evaluations are kept. */
  public Precision getPrecision() {
    return precision;
  }

  public void setPrecision(Precision precision) {
    this.precision = precision;
  }

  @Override
  public org.deeplearning4j.nn.api.Layer instantiate(
      NeuralNetConfiguration configuration,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray parameters,
      boolean initializeParameters,
      DataType dataType) {
    requireSupportedLayers();
    requireSettingsThatFit();
    List<org.deeplearning4j.nn.api.Layer> layers =
        instantiateInner(
            configuration, listeners, layerIndex, parameters, initializeParameters, dataType);
    return ready(
        new OdeBlockLayer(configuration, dataType, layers),
        configuration,
        listeners,
        layerIndex,
        parameters);
  }

  @Override
  List<Layer> innerLayers() {
    return dynamics;
  }

  /** The input type, once every layer has been asked for its own. */
  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    requireSupportedLayers();
    requireStateBack(dynamics, "dynamics", layerIndex, inputType);
    return outputOf(inputType);
  }

  @Override
  public void setNIn(InputType inputType, boolean override) {
    setInputs(dynamics, inputType, override);
  }

  /** DL4J's estimate: parameters, updater state, and what the strategy keeps at its peak. */
  @Override
  public LayerMemoryReport getMemoryReport(InputType inputType) {
    LayerMemory memory = memoryOf(dynamics, inputType);
    long evaluation = memory.evaluation();
    long state = inputType.arrayElementsPerExample();
    // the outputs of all layers, the last one included, are in the evaluation already
    long training = keptInTraining(solver, state, evaluation);
    return new LayerMemoryReport.Builder(layerName, OdeBlock.class, inputType, inputType)
        .standardMemory(initializer().numParams(this), memory.updaterState())
        .workingMemory(0, evaluation + (solver.stages() + 1) * state, 0, training)
        .cacheMemory(MemoryReport.CACHE_MODE_ALL_ZEROS, MemoryReport.CACHE_MODE_ALL_ZEROS)
        .build();
  }

  /** Copies the layers too: executors in one JVM must not share them. */
  @Override
  public OdeBlock clone() {
    OdeBlock copy = (OdeBlock) super.clone();
    copy.dynamics = copies(dynamics);
    return copy;
  }

  @Override
  Map<String, Object> settings() {
    Map<String, Object> settings = super.settings();
    settings.put("solver", solver);
    settings.put("precision", precision);
    settings.put("dynamics", dynamics);
    return settings;
  }

  private void requireSupportedLayers() {
    requireSupportedLayers(dynamics, "dynamics");
  }

  /** Refuses methods, step controls and strategies that do not work together. */
  private void requireSettingsThatFit() {
    if (solver == null || getAdjoint() == null) {
      throw invalid("solver(...) and adjoint(...) must be given.");
    }
    if (precision == null) {
      throw invalid("precision(...) is null; leave it out for that of the network.");
    }
    if (getTimeInput() == null) {
      throw invalid(
          "timeInput(...) is null; leave it out for dynamics that do not depend on time.");
    }
    if (getStepControl() == null) {
      throw invalid("it has no steps; give steps(...) or stepControl(...).");
    }
    double start = getStartTime();
    double end = getEndTime();
    if (!Double.isFinite(start) || !Double.isFinite(end) || start == end) {
      throw invalid(
          "the interval from t = " + start + " to t = " + end + " is not finite or is empty.");
    }
    requireOutputTimesWithin();
    try {
      getStepControl().check(solver);
      getAdjoint().check(solver, getStepControl());
      requireRegularizersThatFit(solver);
    } catch (OdeSolveException e) {
      throw e.inBlock(layerName);
    }
  }

  /** Builds the block; dynamics, solver and steps are required. */
  @SuppressWarnings("unchecked") // DL4J declares build() with a type parameter of its own
  public static class Builder extends LayerBlock.Builder<Builder> {
    private List<Layer> dynamics = List.of();
    private StepMethod solver;
    private Precision precision = Precision.NETWORK;
    private WeightEvolution evolution;
    private EvolutionTiming timing;

    /** The layers of f, first to last. */
    public Builder dynamics(Layer... layers) {
      dynamics = new ArrayList<>(Arrays.asList(layers));
      return this;
    }

    /** The method of one step. */
    public Builder solver(StepMethod solver) {
      this.solver = solver;
      return this;
    }

    /**
     * In which type f is evaluated and its evaluations are kept; the states of the solver, their
     * sums and all parameters have the network's type. By default {@link Precision#NETWORK}.
     */
    public Builder precision(Precision precision) {
      this.precision = precision;
      return this;
    }

    /**
     * Lets the weights of every {@link ChannelsLastConvolution} in the dynamics evolve with time,
     * as ANODEV2 does; by default they are the same at all times. Learned are the weights at time 0
     * and the coefficients of the evolution.
     *
     * @param evolution how the weights evolve
     * @param timing alongside the state, or before it
     */
    public Builder evolution(WeightEvolution evolution, EvolutionTiming timing) {
      this.evolution = Objects.requireNonNull(evolution, "evolution");
      this.timing = Objects.requireNonNull(timing, "timing");
      return this;
    }

    private List<Layer> evolvingDynamics() {
      if (evolution == null) {
        return dynamics;
      }
      List<Layer> layers = new ArrayList<>();
      for (Layer layer : dynamics) {
        layers.add(
            layer instanceof ChannelsLastConvolution convolution
                ? EvolvingConvolution.of(convolution, evolution, timing)
                : layer);
      }
      return layers;
    }

    /**
     * Builds the block.
     *
     * @throws DL4JInvalidConfigException if there are no dynamics, no solver, no steps, or the
     *     interval is empty
     * @throws OdeSolveException if solver, step control, adjoint strategy and regularisers do not
     *     work together
     */
    @Override
    public OdeBlock build() {
      OdeBlock block = new OdeBlock(this);
      block.requireSupportedLayers();
      if (evolution != null
          && block.dynamics.stream().noneMatch(EvolvingConvolution.class::isInstance)) {
        throw block.invalid(
            "no layer of its dynamics is a ChannelsLastConvolution, whose weights could evolve by "
                + evolution
                + "; use one, or leave the evolution out.");
      }
      block.requireSettingsThatFit();
      return block;
    }
  }
}
