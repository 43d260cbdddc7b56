/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.anodespark.odelayers.failure.FailureReason;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.regularization.Regularizer;
import org.anodespark.odelayers.regularization.StepRegularizer;
import org.anodespark.odelayers.stochastic.StochasticProblem;
import org.anodespark.odelayers.stochastic.rungekutta.StochasticRungeKutta;
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
  private StochasticRungeKutta solver;
  private int paths = 1;
  private long predictionSeed;

  /** For JSON; a {@link Builder} makes one otherwise. */
  public SdeBlock() {}

  private SdeBlock(Builder builder) {
    super(builder);
    drift = builder.drift;
    diffusion = builder.diffusion;
    solver = builder.solver;
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

  /** The method of one step. */
  public StochasticRungeKutta getSolver() {
    return solver;
  }

  public void setSolver(StochasticRungeKutta solver) {
    this.solver = solver;
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
    requireStateBack(drift, "drift", layerIndex, inputType);
    requireStateBack(diffusion, "diffusion", layerIndex, inputType);
    return outputOf(inputType);
  }

  @Override
  public void setNIn(InputType inputType, boolean override) {
    setInputs(drift, inputType, override);
    setInputs(diffusion, inputType, override);
  }

  /**
   * DL4J's estimate: parameters, updater state, and what the strategy keeps at its peak, with every
   * evaluation counted as the larger one of f and g.
   */
  @Override
  public LayerMemoryReport getMemoryReport(InputType inputType) {
    LayerMemory ofDrift = memoryOf(drift, inputType);
    LayerMemory ofDiffusion = memoryOf(diffusion, inputType);
    long updaterState = ofDrift.updaterState() + ofDiffusion.updaterState();
    long evaluation = Math.max(ofDrift.evaluation(), ofDiffusion.evaluation());
    long state = inputType.arrayElementsPerExample();
    int evaluations = solver.driftEvaluations() + solver.diffusionEvaluations();
    return new LayerMemoryReport.Builder(layerName, SdeBlock.class, inputType, inputType)
        .standardMemory(initializer().numParams(this), updaterState)
        .workingMemory(
            0,
            evaluation + (2L * evaluations + 1) * state,
            0,
            keptInTraining(solver.withoutPath(), state, evaluation))
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
  Map<String, Object> settings() {
    Map<String, Object> settings = super.settings();
    settings.put("solver", solver);
    settings.put("paths", paths);
    settings.put("predictionSeed", predictionSeed);
    settings.put("drift", drift);
    settings.put("diffusion", diffusion);
    return settings;
  }

  private void requireSupportedLayers() {
    requireSupportedLayers(drift, "drift");
    requireSupportedLayers(diffusion, "diffusion");
  }

  /** Refuses methods, step controls and strategies that do not work together. */
  private void requireSettingsThatFit() {
    if (solver == null || getAdjoint() == null || getTimeInput() == null) {
      throw invalid("solver(...), adjoint(...) and timeInput(...) must not be null.");
    }
    if (getStepControl() == null) {
      throw invalid("it has no steps; give steps(...) or stepControl(...).");
    }
    double start = getStartTime();
    double end = getEndTime();
    if (!Double.isFinite(start) || !Double.isFinite(end) || !(start < end)) {
      throw invalid(
          "the interval from t = "
              + start
              + " to t = "
              + end
              + " is not finite or does not run forwards; noise has no way back.");
    }
    if (paths < 0) {
      throw invalid(
          "paths = " + paths + ", expected at least 1, or 0 for predictions without noise.");
    }
    requireOutputTimesWithin();
    try {
      StochasticProblem.check(solver, getStepControl(), getAdjoint());
      getRegularizers().forEach(SdeBlock::requireOfSteps);
      requireRegularizersThatFit(solver.withoutPath());
    } catch (OdeSolveException e) {
      throw e.inBlock(layerName);
    }
  }

  /** Other regularisers would need a dense output, or a path that ends elsewhere. */
  private static void requireOfSteps(Regularizer regularizer) {
    if (!(regularizer instanceof StepRegularizer)) {
      throw new OdeSolveException(
          FailureReason.UNSUPPORTED_COMBINATION,
          regularizer.name()
              + " is for ordinary differential equations; an SdeBlock takes ErrorEstimate and"
              + " StiffnessEstimate.");
    }
  }

  /** Builds the block; drift, diffusion, solver and steps are required. */
  @SuppressWarnings("unchecked") // DL4J declares build() with a type parameter of its own
  public static class Builder extends LayerBlock.Builder<Builder> {
    private List<Layer> drift = List.of();
    private List<Layer> diffusion = List.of();
    private StochasticRungeKutta solver;
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

    /** The method of one step. */
    public Builder solver(StochasticRungeKutta solver) {
      this.solver = solver;
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
     * @throws OdeSolveException if solver, step control, adjoint strategy and regularisers do not
     *     work together
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
