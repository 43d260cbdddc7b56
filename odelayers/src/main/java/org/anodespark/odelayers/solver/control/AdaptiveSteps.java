/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.control;

import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalInt;
import org.anodespark.odelayers.failure.FailureReason;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.SolverState;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.StepSession;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Steps as long as an error estimate allows. A trial with estimate e is accepted if the {@linkplain
 * ErrorNorm norm} of {@code e / (absoluteTolerance + relativeTolerance * max(|y|, |next y|))}, call
 * it E, is at most 1. The next step is the present one times
 *
 * <pre>safety * E^(-(P + I + D) / k) * E_before^((P + 2 D) / k) * E_before_that^(-D / k)</pre>
 *
 * within bounds, where k is the embedded order plus one (Soderlind, "Digital filters in adaptive
 * time-stepping", ACM TOMS 29(1), 2003). P = D = 0 is the elementary control that most libraries
 * use; a rejected step is never followed by a longer one.
 *
 * <p>There is one step size for a whole batch. The number of trials is finite, so a solve ends with
 * a result or with an {@link OdeSolveException}.
 */
public final class AdaptiveSteps implements StepControl {
  private static final long serialVersionUID = 1L;

  private final double relativeTolerance;
  private final double absoluteTolerance;
  private final ErrorNorm norm;
  private final double proportional;
  private final double integral;
  private final double derivative;
  private final double safety;
  private final double minimumFactor;
  private final double maximumFactor;
  private final double firstStep;
  private final double minimumStep;
  private final double maximumStep;
  private final int maximumSteps;
  private final double[] jumpTimes;

  @JsonCreator
  AdaptiveSteps(
      @JsonProperty("relativeTolerance") double relativeTolerance,
      @JsonProperty("absoluteTolerance") double absoluteTolerance,
      @JsonProperty("norm") ErrorNorm norm,
      @JsonProperty("proportional") double proportional,
      @JsonProperty("integral") double integral,
      @JsonProperty("derivative") double derivative,
      @JsonProperty("safety") double safety,
      @JsonProperty("minimumFactor") double minimumFactor,
      @JsonProperty("maximumFactor") double maximumFactor,
      @JsonProperty("firstStep") double firstStep,
      @JsonProperty("minimumStep") double minimumStep,
      @JsonProperty("maximumStep") double maximumStep,
      @JsonProperty("maximumSteps") int maximumSteps,
      @JsonProperty("jumpTimes") double[] jumpTimes) {
    this.relativeTolerance = relativeTolerance;
    this.absoluteTolerance = absoluteTolerance;
    this.norm = norm;
    this.proportional = proportional;
    this.integral = integral;
    this.derivative = derivative;
    this.safety = safety;
    this.minimumFactor = minimumFactor;
    this.maximumFactor = maximumFactor;
    this.firstStep = firstStep;
    this.minimumStep = minimumStep;
    this.maximumStep = maximumStep;
    this.maximumSteps = maximumSteps;
    this.jumpTimes = jumpTimes.clone();
    Arrays.sort(this.jumpTimes);
    check();
  }

  /**
   * Elementary control with the usual bounds.
   *
   * @param relativeTolerance not negative
   * @param absoluteTolerance positive
   */
  public AdaptiveSteps(double relativeTolerance, double absoluteTolerance) {
    this(new Builder(relativeTolerance, absoluteTolerance));
  }

  private AdaptiveSteps(Builder builder) {
    this(
        builder.relativeTolerance,
        builder.absoluteTolerance,
        builder.norm,
        builder.proportional,
        builder.integral,
        builder.derivative,
        builder.safety,
        builder.minimumFactor,
        builder.maximumFactor,
        builder.firstStep,
        builder.minimumStep,
        builder.maximumStep,
        builder.maximumSteps,
        builder.jumpTimes);
  }

  private void check() {
    require(finiteAndAtLeast(relativeTolerance, 0), "relativeTolerance", relativeTolerance, ">= 0");
    require(
        Double.isFinite(absoluteTolerance) && absoluteTolerance > 0,
        "absoluteTolerance",
        absoluteTolerance,
        "> 0");
    require(norm != null, "norm", norm, "BATCH_RMS or WORST_SAMPLE");
    require(finiteAndAtLeast(proportional, 0), "proportional", proportional, ">= 0");
    require(Double.isFinite(integral) && integral > 0, "integral", integral, "> 0");
    require(finiteAndAtLeast(derivative, 0), "derivative", derivative, ">= 0");
    require(safety > 0 && safety <= 1, "safety", safety, "in (0, 1]");
    require(minimumFactor > 0 && minimumFactor < 1, "minimumFactor", minimumFactor, "in (0, 1)");
    require(
        Double.isFinite(maximumFactor) && maximumFactor >= 1,
        "maximumFactor",
        maximumFactor,
        ">= 1");
    require(finiteAndAtLeast(firstStep, 0), "firstStep", firstStep, ">= 0, 0 to choose it");
    require(finiteAndAtLeast(minimumStep, 0), "minimumStep", minimumStep, ">= 0");
    require(
        maximumStep > 0 && maximumStep >= minimumStep,
        "maximumStep",
        maximumStep,
        "> 0 and not below minimumStep");
    require(maximumSteps >= 1, "maximumSteps", maximumSteps, ">= 1");
    for (double time : jumpTimes) {
      require(Double.isFinite(time), "jumpTimes", time, "finite");
    }
  }

  private static boolean finiteAndAtLeast(double value, double least) {
    return Double.isFinite(value) && value >= least;
  }

  private static void require(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(name + " = " + value + ", expected " + expected + ".");
    }
  }

  /** The tolerance relative to y. */
  @JsonProperty
  public double relativeTolerance() {
    return relativeTolerance;
  }

  /** The tolerance where y is near zero. */
  @JsonProperty
  public double absoluteTolerance() {
    return absoluteTolerance;
  }

  /** How an error is measured. */
  @JsonProperty
  public ErrorNorm norm() {
    return norm;
  }

  /** P. */
  @JsonProperty
  public double proportional() {
    return proportional;
  }

  /** I. */
  @JsonProperty
  public double integral() {
    return integral;
  }

  /** D. */
  @JsonProperty
  public double derivative() {
    return derivative;
  }

  /** Factor below 1 that keeps the next step from being rejected narrowly. */
  @JsonProperty
  public double safety() {
    return safety;
  }

  /** Least ratio of a step to the one before. */
  @JsonProperty
  public double minimumFactor() {
    return minimumFactor;
  }

  /** Greatest ratio of a step to the one before. */
  @JsonProperty
  public double maximumFactor() {
    return maximumFactor;
  }

  /** Length of the first trial; 0 to choose it by two evaluations. */
  @JsonProperty
  public double firstStep() {
    return firstStep;
  }

  /** Least |h|, but for the last step before the end or a jump. */
  @JsonProperty
  public double minimumStep() {
    return minimumStep;
  }

  /** Greatest |h|. */
  @JsonProperty
  public double maximumStep() {
    return maximumStep;
  }

  /** Most trial steps of one solve. */
  @JsonProperty
  public int maximumSteps() {
    return maximumSteps;
  }

  /** Times at which f is known to jump, rising. */
  @JsonProperty
  public double[] jumpTimes() {
    return jumpTimes.clone();
  }

  @Override
  public OptionalInt steps() {
    return OptionalInt.empty();
  }

  @Override
  public void check(StepMethod method) {
    if (method.embeddedOrder() == 0) {
      throw new OdeSolveException(
          FailureReason.UNSUPPORTED_COMBINATION,
          "AdaptiveSteps needs an estimate of the error of each step, and "
              + method
              + " gives none; use it with FixedSteps, or AdaptiveSteps with DormandPrince,"
              + " Tsitouras, BogackiShampine or HeunEuler.");
    }
  }

  @Override
  public StepSession open(InitialValueProblem problem, SolverState initial) {
    return new AdaptiveSession(this, problem, initial.y());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AdaptiveSteps that && values().equals(that.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  private java.util.List<Object> values() {
    return java.util.List.of(
        relativeTolerance,
        absoluteTolerance,
        norm.name(),
        proportional,
        integral,
        derivative,
        safety,
        minimumFactor,
        maximumFactor,
        firstStep,
        minimumStep,
        maximumStep,
        maximumSteps,
        Arrays.toString(jumpTimes));
  }

  @Override
  public String toString() {
    return "AdaptiveSteps(relativeTolerance="
        + relativeTolerance
        + ", absoluteTolerance="
        + absoluteTolerance
        + ")";
  }

  /** Builds a control; what is not set has its usual value. */
  public static final class Builder {
    private final double relativeTolerance;
    private final double absoluteTolerance;
    private ErrorNorm norm = ErrorNorm.BATCH_RMS;
    private double proportional;
    private double integral = 1;
    private double derivative;
    private double safety = 0.9;
    private double minimumFactor = 0.2;
    private double maximumFactor = 10;
    private double firstStep;
    private double minimumStep;
    private double maximumStep = Double.POSITIVE_INFINITY;
    private int maximumSteps = 10_000;
    private double[] jumpTimes = {};

    /**
     * @param relativeTolerance not negative
     * @param absoluteTolerance positive
     */
    public Builder(double relativeTolerance, double absoluteTolerance) {
      this.relativeTolerance = relativeTolerance;
      this.absoluteTolerance = absoluteTolerance;
    }

    /** How an error is measured; {@link ErrorNorm#BATCH_RMS} by default. */
    public Builder norm(ErrorNorm norm) {
      this.norm = Objects.requireNonNull(norm);
      return this;
    }

    /**
     * The controller; (0, 1, 0) by default. (0.4, 0.3, 0) is a good PI controller for stiff-ish
     * problems.
     *
     * @param proportional P, not negative
     * @param integral I, positive
     * @param derivative D, not negative
     */
    public Builder coefficients(double proportional, double integral, double derivative) {
      this.proportional = proportional;
      this.integral = integral;
      this.derivative = derivative;
      return this;
    }

    /**
     * @param safety in (0, 1], 0.9 by default
     */
    public Builder safety(double safety) {
      this.safety = safety;
      return this;
    }

    /**
     * Bounds of the ratio of a step to the one before.
     *
     * @param minimum in (0, 1), 0.2 by default
     * @param maximum at least 1, 10 by default
     */
    public Builder factors(double minimum, double maximum) {
      minimumFactor = minimum;
      maximumFactor = maximum;
      return this;
    }

    /**
     * @param length of the first trial, positive; 0, the default, chooses it by two evaluations
     */
    public Builder firstStep(double length) {
      firstStep = length;
      return this;
    }

    /**
     * Bounds of |h|.
     *
     * @param minimum not negative, 0 by default: as small as time can resolve
     * @param maximum positive, infinite by default
     */
    public Builder stepLengths(double minimum, double maximum) {
      minimumStep = minimum;
      maximumStep = maximum;
      return this;
    }

    /**
     * @param trials most trial steps of one solve, at least 1, 10,000 by default
     */
    public Builder maximumSteps(int trials) {
      maximumSteps = trials;
      return this;
    }

    /** Times at which f jumps: steps end there, so that none has to find them by rejections. */
    public Builder jumpTimes(double... times) {
      jumpTimes = times.clone();
      return this;
    }

    /**
     * Builds the control.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public AdaptiveSteps build() {
      return new AdaptiveSteps(this);
    }
  }
}
