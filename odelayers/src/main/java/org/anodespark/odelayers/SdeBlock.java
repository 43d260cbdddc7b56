/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.anodespark.odelayers.adjoint.AdjointCost;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.dynamics.NoTime;
import org.anodespark.odelayers.dynamics.TimeInput;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.stochastic.StochasticProblem;
import org.anodespark.odelayers.stochastic.rungekutta.StochasticRungeKutta;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.samediff.AbstractSameDiffLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A residual block that is a stochastic differential equation: the output is u(t1) for {@code du =
 * f(t, u) dt + g(t, u) dW}, u(t0) = input, with one independent Brownian path for each entry of u,
 * in the sense of Ito. Drift f and diffusion g are any lists of DL4J layers whose last output has
 * the shape of u. Input and output have the same shape, whatever it is.
 *
 * <pre>{@code
 * new SdeBlock.Builder()
 *     .drift(
 *         new DenseLayer.Builder().nOut(64).activation(Activation.TANH).build(),
 *         new DenseLayer.Builder().nOut(32).activation(Activation.IDENTITY).build())
 *     .diffusion(new DenseLayer.Builder().nOut(32).activation(Activation.IDENTITY).build())
 *     .solver(new Sosri())
 *     .stepControl(StochasticSteps.adaptive(0.14, 0.14).build())
 *     .paths(10)
 *     .build()
 * }</pre>
 *
 * <p>In training every forward pass draws the seed of its path from {@code Nd4j.getRandom()}, as
 * dropout draws its numbers, so a training repeats to the bit when that generator is seeded alike.
 * In prediction the output is the mean over {@link #getPaths} paths whose seeds are fixed, or the
 * solution without noise.
 */
public class SdeBlock extends LayerBlock {
  private static final long serialVersionUID = 1L;

  private List<Layer> drift = new ArrayList<>();
  private List<Layer> diffusion = new ArrayList<>();
  private TimeInput timeInput = new NoTime();
  private double startTime;
  private double endTime = 1.0;
  private StochasticRungeKutta solver;
  private StepControl stepControl;
  private AdjointStrategy adjoint = new AnodeCheckpoint();
  private int paths = 1;
  private long predictionSeed;

  /** For JSON; a {@link Builder} makes one otherwise. */
  public SdeBlock() {}

  private SdeBlock(Builder builder) {
    super(builder);
    drift = builder.drift;
    diffusion = builder.diffusion;
    timeInput = builder.timeInput;
    startTime = builder.startTime;
    endTime = builder.endTime;
    solver = builder.solver;
    stepControl = builder.stepControl;
    adjoint = builder.adjoint;
    paths = builder.paths;
    predictionSeed = builder.predictionSeed;
  }

  /** The layers of f, first to last. */
  public List<Layer> getDrift() {
    return drift;
  }

  public void setDrift(List<Layer> drift) {
    this.drift = new ArrayList<>(drift);
  }

  /** The layers of g, first to last. */
  public List<Layer> getDiffusion() {
    return diffusion;
  }

  public void setDiffusion(List<Layer> diffusion) {
    this.diffusion = new ArrayList<>(diffusion);
  }

  /** How f and g depend on time. */
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

  /** The method of one step. */
  public StochasticRungeKutta getSolver() {
    return solver;
  }

  public void setSolver(StochasticRungeKutta solver) {
    this.solver = solver;
  }

  /** Chooses the steps. */
  public StepControl getStepControl() {
    return stepControl;
  }

  public void setStepControl(StepControl stepControl) {
    this.stepControl = stepControl;
  }

  /** What is kept for the gradient; exact. */
  public AdjointStrategy getAdjoint() {
    return adjoint;
  }

  public void setAdjoint(AdjointStrategy adjoint) {
    this.adjoint = adjoint;
  }

  /** Paths that a prediction is the mean of; 0 for the solution without noise. */
  public int getPaths() {
    return paths;
  }

  public void setPaths(int paths) {
    this.paths = paths;
  }

  /** Seed of the first path of a prediction; the others follow it. */
  public long getPredictionSeed() {
    return predictionSeed;
  }

  public void setPredictionSeed(long predictionSeed) {
    this.predictionSeed = predictionSeed;
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
        new SdeBlockLayer(configuration, dataType, layers),
        configuration,
        listeners,
        layerIndex,
        parameters);
  }

  /** Those of f, then those of g. */
  @Override
  List<Layer> innerLayers() {
    List<Layer> layers = new ArrayList<>(drift);
    layers.addAll(diffusion);
    return layers;
  }

  /** The input type, once every layer has been asked for its own. */
  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    requireSupportedLayers();
    requireStateBack(drift, "drift", layerIndex, inputType, timeInput);
    requireStateBack(diffusion, "diffusion", layerIndex, inputType, timeInput);
    return inputType;
  }

  @Override
  public void setNIn(InputType inputType, boolean override) {
    setNIn(drift, inputType, timeInput, override);
    setNIn(diffusion, inputType, timeInput, override);
  }

  /**
   * DL4J's estimate: parameters, updater state, and what the strategy keeps at its peak, with every
   * evaluation counted as the larger one of f and g.
   */
  @Override
  public LayerMemoryReport getMemoryReport(InputType inputType) {
    LayerMemory ofDrift = LayerMemory.of(drift, inputType, timeInput);
    LayerMemory ofDiffusion = LayerMemory.of(diffusion, inputType, timeInput);
    long updaterState = ofDrift.updaterState() + ofDiffusion.updaterState();
    long evaluation = Math.max(ofDrift.evaluation(), ofDiffusion.evaluation());
    // a control that chooses its steps itself is counted with one step: nobody knows more ahead
    AdjointCost cost = adjoint.cost(stepControl.steps().orElse(1), solver.withoutPath());
    long state = inputType.arrayElementsPerExample();
    int evaluations = solver.driftEvaluations() + solver.diffusionEvaluations();
    return new LayerMemoryReport.Builder(layerName, SdeBlock.class, inputType, inputType)
        .standardMemory(initializer().numParams(this), updaterState)
        .workingMemory(
            0,
            evaluation + (2L * evaluations + 1) * state,
            0,
            cost.peak().bytes(state, false, evaluation))
        .cacheMemory(MemoryReport.CACHE_MODE_ALL_ZEROS, MemoryReport.CACHE_MODE_ALL_ZEROS)
        .build();
  }

  /** Copies the layers too: executors in one JVM must not share them. */
  @Override
  public SdeBlock clone() {
    SdeBlock copy = (SdeBlock) super.clone();
    copy.drift = copies(drift);
    copy.diffusion = copies(diffusion);
    return copy;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SdeBlock that && super.equals(that) && values().equals(that.values());
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), values());
  }

  private List<Object> values() {
    return Arrays.asList(
        drift,
        diffusion,
        timeInput,
        startTime,
        endTime,
        solver,
        stepControl,
        adjoint,
        paths,
        predictionSeed);
  }

  @Override
  public String toString() {
    return "SdeBlock(name="
        + layerName
        + ", solver="
        + solver
        + ", stepControl="
        + stepControl
        + ", interval=["
        + startTime
        + ", "
        + endTime
        + "], adjoint="
        + adjoint
        + ", paths="
        + paths
        + ", timeInput="
        + timeInput
        + ", drift="
        + drift
        + ", diffusion="
        + diffusion
        + ")";
  }

  private void requireSupportedLayers() {
    requireSupportedLayers(drift, "drift");
    requireSupportedLayers(diffusion, "diffusion");
  }

  /** Refuses methods, step controls and strategies that do not work together. */
  private void requireSettingsThatFit() {
    if (solver == null || adjoint == null || timeInput == null) {
      throw invalid("solver(...), adjoint(...) and timeInput(...) must not be null.");
    }
    if (stepControl == null) {
      throw invalid("it has no steps; give steps(...) or stepControl(...).");
    }
    if (!Double.isFinite(startTime) || !Double.isFinite(endTime) || !(startTime < endTime)) {
      throw invalid(
          "the interval from t = "
              + startTime
              + " to t = "
              + endTime
              + " is not finite or does not run forwards; noise has no way back.");
    }
    if (paths < 0) {
      throw invalid(
          "paths = " + paths + ", expected at least 1, or 0 for predictions without noise.");
    }
    try {
      StochasticProblem.check(solver, stepControl, adjoint);
    } catch (OdeSolveException e) {
      throw e.inBlock(layerName);
    }
  }

  /** Builds the block; drift, diffusion, solver and steps are required. */
  @SuppressWarnings("unchecked") // DL4J declares build() with a type parameter of its own
  public static class Builder extends AbstractSameDiffLayer.Builder<Builder> {
    private List<Layer> drift = List.of();
    private List<Layer> diffusion = List.of();
    private TimeInput timeInput = new NoTime();
    private double startTime;
    private double endTime = 1.0;
    private StochasticRungeKutta solver;
    private StepControl stepControl;
    private AdjointStrategy adjoint = new AnodeCheckpoint();
    private int paths = 1;
    private long predictionSeed;

    /** The layers of f, first to last. */
    public Builder drift(Layer... layers) {
      drift = new ArrayList<>(Arrays.asList(layers));
      return this;
    }

    /** The layers of g, first to last. */
    public Builder diffusion(Layer... layers) {
      diffusion = new ArrayList<>(Arrays.asList(layers));
      return this;
    }

    /** How f and g depend on time; {@link NoTime} by default. */
    public Builder timeInput(TimeInput timeInput) {
      this.timeInput = timeInput;
      return this;
    }

    /**
     * @param start time of the input, 0 by default
     * @param end time of the output, after {@code start}, 1 by default
     */
    public Builder interval(double start, double end) {
      startTime = start;
      endTime = end;
      return this;
    }

    /** The method of one step. */
    public Builder solver(StochasticRungeKutta solver) {
      this.solver = solver;
      return this;
    }

    /**
     * @param steps number of equal steps, at least 1
     */
    public Builder steps(int steps) {
      return stepControl(new FixedSteps(steps));
    }

    /** Chooses the steps; {@code StochasticSteps.adaptive} makes a control that does. */
    public Builder stepControl(StepControl stepControl) {
      this.stepControl = stepControl;
      return this;
    }

    /** What is kept for the gradient; an exact strategy, {@link AnodeCheckpoint} by default. */
    public Builder adjoint(AdjointStrategy adjoint) {
      this.adjoint = adjoint;
      return this;
    }

    /**
     * @param paths paths that a prediction is the mean of, 1 by default; 0 for the solution without
     *     noise
     */
    public Builder paths(int paths) {
      this.paths = paths;
      return this;
    }

    /**
     * @param seed of the first path of a prediction, 0 by default; the next path has the next seed
     */
    public Builder predictionSeed(long seed) {
      this.predictionSeed = seed;
      return this;
    }

    /**
     * Builds the block.
     *
     * @throws DL4JInvalidConfigException if drift, diffusion, solver or steps are missing, or a
     *     value is out of its range
     * @throws OdeSolveException if solver, step control and adjoint strategy do not work together
     */
    @Override
    public SdeBlock build() {
      SdeBlock block = new SdeBlock(this);
      block.requireSupportedLayers();
      block.requireSettingsThatFit();
      return block;
    }
  }
}
