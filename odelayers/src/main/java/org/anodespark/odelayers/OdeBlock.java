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
import org.anodespark.odelayers.kernel.Precision;
import org.anodespark.odelayers.regularization.Regularizer;
import org.anodespark.odelayers.regularization.RegularizerSet;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.TimeGrid;
import org.anodespark.odelayers.solver.control.FixedSteps;
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
import org.nd4j.shade.jackson.annotation.JsonInclude;

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
  private TimeInput timeInput = new NoTime();
  private double startTime;
  private double endTime = 1.0;
  private double[] outputTimes = {};
  private StepMethod solver;
  private StepControl stepControl;
  private AdjointStrategy adjoint = new AnodeCheckpoint();
  private Precision precision = Precision.NETWORK;
  private List<Regularizer> regularizers = new ArrayList<>();

  /** For JSON; a {@link Builder} makes one otherwise. */
  public OdeBlock() {}

  private OdeBlock(Builder builder) {
    super(builder);
    dynamics = builder.dynamics;
    timeInput = builder.timeInput;
    startTime = builder.startTime;
    endTime = builder.endTime;
    outputTimes = builder.outputTimes;
    solver = builder.solver;
    stepControl = builder.stepControl;
    adjoint = builder.adjoint;
    precision = builder.precision;
    regularizers = builder.regularizers;
  }

  /** The layers of f, first to last. */
  public List<Layer> getDynamics() {
    return dynamics;
  }

  public void setDynamics(List<Layer> dynamics) {
    this.dynamics = new ArrayList<>(dynamics);
  }

  /** How f depends on time. */
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

  /** The method of one step. */
  public StepMethod getSolver() {
    return solver;
  }

  public void setSolver(StepMethod solver) {
    this.solver = solver;
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

  /** In which type f is evaluated and its evaluations are kept. */
  public Precision getPrecision() {
    return precision;
  }

  public void setPrecision(Precision precision) {
    this.precision = precision;
  }

  /** What makes the ODE easier to solve while the block trains. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public List<Regularizer> getRegularizers() {
    return regularizers;
  }

  public void setRegularizers(List<Regularizer> regularizers) {
    this.regularizers = new ArrayList<>(regularizers);
  }

  /** The regularisers, together. */
  RegularizerSet regularization() {
    return new RegularizerSet(regularizers);
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
    requireStateBack(dynamics, "dynamics", layerIndex, inputType, timeInput);
    return outputTimes.length == 0 ? inputType : seriesOf(inputType);
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

  @Override
  public void setNIn(InputType inputType, boolean override) {
    setNIn(dynamics, inputType, timeInput, override);
  }

  /** DL4J's estimate: parameters, updater state, and what the strategy keeps at its peak. */
  @Override
  public LayerMemoryReport getMemoryReport(InputType inputType) {
    LayerMemory memory = LayerMemory.of(dynamics, inputType, timeInput);
    long evaluation = memory.evaluation();
    // a control that chooses its steps itself is counted with one step: nobody knows more ahead
    AdjointCost cost =
        adjoint.cost(stepControl.steps().orElse(1), regularization().measured(solver, stepControl));
    long state = inputType.arrayElementsPerExample();
    // the outputs of all layers, the last one included, are in the evaluation already
    long training =
        cost.peak().bytes(state, false, evaluation) + regularization().statesKept() * state;
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
  public boolean equals(Object other) {
    return other instanceof OdeBlock that
        && super.equals(that)
        && dynamics.equals(that.dynamics)
        && Objects.equals(timeInput, that.timeInput)
        && startTime == that.startTime
        && endTime == that.endTime
        && Arrays.equals(outputTimes, that.outputTimes)
        && Objects.equals(solver, that.solver)
        && Objects.equals(stepControl, that.stepControl)
        && Objects.equals(adjoint, that.adjoint)
        && precision == that.precision
        && regularizers.equals(that.regularizers);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        super.hashCode(),
        dynamics,
        timeInput,
        startTime,
        endTime,
        Arrays.hashCode(outputTimes),
        solver,
        stepControl,
        adjoint,
        precision,
        regularizers);
  }

  @Override
  public String toString() {
    return "OdeBlock(name="
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
        + ", precision="
        + precision
        + ", timeInput="
        + timeInput
        + ", regularizers="
        + regularizers
        + ", dynamics="
        + dynamics
        + ")";
  }

  private void requireSupportedLayers() {
    requireSupportedLayers(dynamics, "dynamics");
  }

  /** Refuses methods, step controls and strategies that do not work together. */
  private void requireSettingsThatFit() {
    if (solver == null || adjoint == null) {
      throw invalid("solver(...) and adjoint(...) must be given.");
    }
    if (precision == null) {
      throw invalid("precision(...) is null; leave it out for that of the network.");
    }
    if (timeInput == null) {
      throw invalid(
          "timeInput(...) is null; leave it out for dynamics that do not depend on time.");
    }
    if (stepControl == null) {
      throw invalid("it has no steps; give steps(...) or stepControl(...).");
    }
    if (!Double.isFinite(startTime) || !Double.isFinite(endTime) || startTime == endTime) {
      throw invalid(
          "the interval from t = "
              + startTime
              + " to t = "
              + endTime
              + " is not finite or is empty.");
    }
    if (outputTimes.length > 0) {
      requireOutputTimesWithin();
    }
    try {
      stepControl.check(solver);
      adjoint.check(solver, stepControl);
      regularization()
          .check(solver, stepControl, adjoint, startTime, endTime, outputTimes.length > 0);
    } catch (OdeSolveException e) {
      throw e.inBlock(layerName);
    }
  }

  private void requireOutputTimesWithin() {
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

  /** Builds the block; dynamics, solver and steps are required. */
  @SuppressWarnings("unchecked") // DL4J declares build() with a type parameter of its own
  public static class Builder extends AbstractSameDiffLayer.Builder<Builder> {
    private List<Layer> dynamics = List.of();
    private TimeInput timeInput = new NoTime();
    private double startTime;
    private double endTime = 1.0;
    private double[] outputTimes = {};
    private StepMethod solver;
    private StepControl stepControl;
    private AdjointStrategy adjoint = new AnodeCheckpoint();
    private Precision precision = Precision.NETWORK;
    private List<Regularizer> regularizers = new ArrayList<>();

    /** The layers of f, first to last. */
    public Builder dynamics(Layer... layers) {
      dynamics = new ArrayList<>(Arrays.asList(layers));
      return this;
    }

    /** How f depends on time; {@link NoTime} by default. */
    public Builder timeInput(TimeInput timeInput) {
      this.timeInput = timeInput;
      return this;
    }

    /**
     * @param start time of the input, 0 by default
     * @param end time of the output, 1 by default; may lie before {@code start}
     */
    public Builder interval(double start, double end) {
      startTime = start;
      endTime = end;
      return this;
    }

    /**
     * Puts out the states at several times instead of that at the end: for a state {@code [N, C]} a
     * time series {@code [N, C, T]}. With fixed steps each stretch between two times has as many as
     * {@link #steps} says.
     *
     * @param times from the first to the last, which is the end of the interval
     */
    public Builder outputTimes(double... times) {
      outputTimes = times.clone();
      return this;
    }

    /** The method of one step. */
    public Builder solver(StepMethod solver) {
      this.solver = solver;
      return this;
    }

    /**
     * @param steps number of equal steps, at least 1
     */
    public Builder steps(int steps) {
      return stepControl(new FixedSteps(steps));
    }

    /** Chooses the steps, e.g. {@code AdaptiveSteps}; {@link #steps} for equal ones. */
    public Builder stepControl(StepControl stepControl) {
      this.stepControl = stepControl;
      return this;
    }

    /** Where the gradient comes from; {@link AnodeCheckpoint} by default. */
    public Builder adjoint(AdjointStrategy adjoint) {
      this.adjoint = adjoint;
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
     * Makes the ODE easier to solve while the block trains, and does nothing in prediction; none by
     * default. What regularisers add to the loss is part of the network's score, as L2 is.
     *
     * @param regularizers of different kinds
     */
    public Builder regularizers(Regularizer... regularizers) {
      this.regularizers = new ArrayList<>(Arrays.asList(regularizers));
      return this;
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
      block.requireSettingsThatFit();
      return block;
    }
  }
}
