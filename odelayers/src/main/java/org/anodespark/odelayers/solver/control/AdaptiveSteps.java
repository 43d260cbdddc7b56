/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.control;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.anodespark.odelayers.failure.FailureReason;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.SolverState;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.StepSession;
import org.anodespark.odelayers.solver.Tolerance;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.databind.annotation.JsonDeserialize;
import org.nd4j.shade.jackson.databind.annotation.JsonPOJOBuilder;

/**
 * Steps as long as an error estimate allows. A trial with estimate e is accepted if the {@linkplain
 * ErrorNorm norm} of {@code e / (absoluteTolerance + relativeTolerance * max(|y|, |next y|))}, call
 * it E, is at most 1. The next step is the present one times
 *
 * <pre>safety * E^(-(P + I + D) / k) * E_before^((P + 2 D) / k) * E_before_that^(-D / k)</pre>
 *
 * within bounds, where k is the lower of the method's two orders plus one (Soderlind, "Digital
 * filters in adaptive time-stepping", ACM TOMS 29(1), 2003). P = D = 0 is the elementary control
 * that most libraries use. An error before counts as 1e-4 at least (as in Hairer's DOPRI5), and is
 * forgotten at a jump time. A rejected step is followed by one of {@code safety * E^(-1 / k)} times
 * its length, and the next one after that is not longer.
 *
 * <p>There is one step size for a whole batch. The number of trials is finite, so a solve ends with
 * a result or with an {@link OdeSolveException}.
 */
@JsonDeserialize(builder = AdaptiveSteps.Builder.class)
public final class AdaptiveSteps implements StepControl {
  private static final long serialVersionUID = 1L;

  @JsonProperty private final double relativeTolerance;
  @JsonProperty private final double absoluteTolerance;
  @JsonProperty private final ErrorNorm norm;
  @JsonProperty private final double proportional;
  @JsonProperty private final double integral;
  @JsonProperty private final double derivative;
  @JsonProperty private final double safety;
  @JsonProperty private final double minimumFactor;
  @JsonProperty private final double maximumFactor;
  @JsonProperty private final double firstStep;
  @JsonProperty private final double minimumStep;
  @JsonProperty private final double maximumStep;
  @JsonProperty private final int maximumSteps;
  @JsonProperty private final double[] jumpTimes;

  /** Null for 1 throughout. */
  @JsonProperty
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private final ISchedule toleranceFactor;

  /**
   * Elementary control with the usual bounds.
   *
   * @param relativeTolerance not negative
   * @param absoluteTolerance positive
   * @throws IllegalArgumentException if a tolerance is out of its range
   */
  public AdaptiveSteps(double relativeTolerance, double absoluteTolerance) {
    this(new Builder(relativeTolerance, absoluteTolerance));
  }

  private AdaptiveSteps(Builder builder) {
    relativeTolerance = builder.relativeTolerance;
    absoluteTolerance = builder.absoluteTolerance;
    norm = builder.norm;
    proportional = builder.proportional;
    integral = builder.integral;
    derivative = builder.derivative;
    safety = builder.safety;
    minimumFactor = builder.minimumFactor;
    maximumFactor = builder.maximumFactor;
    firstStep = builder.firstStep;
    minimumStep = builder.minimumStep;
    maximumStep = builder.maximumStep;
    maximumSteps = builder.maximumSteps;
    jumpTimes = builder.jumpTimes.clone();
    Arrays.sort(jumpTimes);
    toleranceFactor = builder.toleranceFactor;
    checkTolerances();
    checkController();
    checkSteps();
  }

  private void checkTolerances() {
    require(isNotNegative(relativeTolerance), "relativeTolerance", relativeTolerance, ">= 0");
    require(isPositive(absoluteTolerance), "absoluteTolerance", absoluteTolerance, "> 0");
    require(norm != null, "norm", norm, "BATCH_RMS or WORST_SAMPLE");
  }

  private void checkController() {
    require(isNotNegative(proportional), "proportional", proportional, ">= 0");
    require(isPositive(integral), "integral", integral, "> 0");
    require(isNotNegative(derivative), "derivative", derivative, ">= 0");
    require(safety > 0 && safety <= 1, "safety", safety, "in (0, 1]");
    require(minimumFactor > 0 && minimumFactor < 1, "minimumFactor", minimumFactor, "in (0, 1)");
    require(
        isPositive(maximumFactor) && maximumFactor >= 1, "maximumFactor", maximumFactor, ">= 1");
  }

  private void checkSteps() {
    require(isNotNegative(minimumStep), "minimumStep", minimumStep, ">= 0");
    require(
        maximumStep > 0 && maximumStep >= minimumStep,
        "maximumStep",
        maximumStep,
        "> 0 and not below minimumStep = " + minimumStep);
    require(
        firstStep == 0
            || (firstStep >= minimumStep && firstStep <= maximumStep && isPositive(firstStep)),
        "firstStep",
        firstStep,
        "0, to choose it, or a length from minimumStep to maximumStep");
    require(maximumSteps >= 1, "maximumSteps", maximumSteps, ">= 1");
    for (double time : jumpTimes) {
      require(Double.isFinite(time), "jumpTimes", Arrays.toString(jumpTimes), "finite times");
    }
  }

  private static boolean isPositive(double value) {
    return Double.isFinite(value) && value > 0;
  }

  private static boolean isNotNegative(double value) {
    return Double.isFinite(value) && value >= 0;
  }

  private static void require(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(name + " = " + value + ", expected " + expected + ".");
    }
  }

  /** The tolerance relative to y. */
  public double relativeTolerance() {
    return relativeTolerance;
  }

  /** The tolerance where y is near zero. */
  public double absoluteTolerance() {
    return absoluteTolerance;
  }

  /** How an error is measured. */
  public ErrorNorm norm() {
    return norm;
  }

  /** P. */
  public double proportional() {
    return proportional;
  }

  /** I. */
  public double integral() {
    return integral;
  }

  /** D. */
  public double derivative() {
    return derivative;
  }

  /** Factor that keeps the next step from being rejected narrowly. */
  public double safety() {
    return safety;
  }

  /** Least ratio of a step to the one before. */
  public double minimumFactor() {
    return minimumFactor;
  }

  /** Greatest ratio of a step to the one before. */
  public double maximumFactor() {
    return maximumFactor;
  }

  /** Length of the first trial; 0 to choose it by two evaluations. */
  public double firstStep() {
    return firstStep;
  }

  /** Least |h|, but for steps that the end or a jump cuts short. */
  public double minimumStep() {
    return minimumStep;
  }

  /** Greatest |h|. */
  public double maximumStep() {
    return maximumStep;
  }

  /** Most trial steps of one solve. */
  public int maximumSteps() {
    return maximumSteps;
  }

  /** Times at which f is known to jump, rising. */
  public double[] jumpTimes() {
    return jumpTimes.clone();
  }

  /** The factor of both tolerances over a training; empty for 1 throughout. */
  public Optional<ISchedule> toleranceFactor() {
    return Optional.ofNullable(toleranceFactor);
  }

  /**
   * The same control, with the tolerances of one iteration.
   *
   * @throws IllegalArgumentException if the factor is not positive there
   */
  @Override
  public AdaptiveSteps during(int iteration, int epoch) {
    if (toleranceFactor == null) {
      return this;
    }
    double factor = toleranceFactor.valueAt(iteration, epoch);
    require(
        isPositive(factor),
        "toleranceFactor at iteration " + iteration + " of epoch " + epoch,
        factor,
        "> 0");
    Builder scaled = new Builder(factor * relativeTolerance, factor * absoluteTolerance);
    scaled.norm = norm;
    scaled.proportional = proportional;
    scaled.integral = integral;
    scaled.derivative = derivative;
    scaled.safety = safety;
    scaled.minimumFactor = minimumFactor;
    scaled.maximumFactor = maximumFactor;
    scaled.firstStep = firstStep;
    scaled.minimumStep = minimumStep;
    scaled.maximumStep = maximumStep;
    scaled.maximumSteps = maximumSteps;
    scaled.jumpTimes = jumpTimes;
    return scaled.build();
  }

  @Override
  public OptionalInt steps() {
    return OptionalInt.empty();
  }

  @Override
  public Optional<Tolerance> tolerance() {
    return Optional.of(new Tolerance(relativeTolerance, absoluteTolerance));
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
    return new AdaptiveSession(this, problem, initial.y(), 0);
  }

  @Override
  public StepControl acrossPieces() {
    return new AdaptiveStepsAcrossPieces(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AdaptiveSteps that && values().equals(that.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  private List<Object> values() {
    return Arrays.asList(
        relativeTolerance,
        absoluteTolerance,
        norm.name(), // an enum's own hash code differs from one JVM to the next
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
        Arrays.toString(jumpTimes),
        toleranceFactor);
  }

  @Override
  public String toString() {
    return "AdaptiveSteps(relativeTolerance="
        + relativeTolerance
        + ", absoluteTolerance="
        + absoluteTolerance
        + (toleranceFactor == null ? "" : ", toleranceFactor=" + toleranceFactor)
        + ")";
  }

  /** Builds a control; what is not set has its usual value. */
  @JsonPOJOBuilder
  public static final class Builder {
    private final double relativeTolerance;
    private final double absoluteTolerance;
    @JsonProperty private ErrorNorm norm = ErrorNorm.BATCH_RMS;
    @JsonProperty private double proportional;
    @JsonProperty private double integral = 1;
    @JsonProperty private double derivative;
    @JsonProperty private double safety = 0.9;
    @JsonProperty private double minimumFactor = 0.2;
    @JsonProperty private double maximumFactor = 10;
    @JsonProperty private double firstStep;
    @JsonProperty private double minimumStep;
    @JsonProperty private double maximumStep = Double.POSITIVE_INFINITY;
    @JsonProperty private int maximumSteps = 10_000;
    @JsonProperty private double[] jumpTimes = {};
    @JsonProperty private ISchedule toleranceFactor;

    /**
     * @param relativeTolerance not negative
     * @param absoluteTolerance positive
     */
    @JsonCreator
    public Builder(
        @JsonProperty("relativeTolerance") double relativeTolerance,
        @JsonProperty("absoluteTolerance") double absoluteTolerance) {
      this.relativeTolerance = relativeTolerance;
      this.absoluteTolerance = absoluteTolerance;
    }

    /** How an error is measured; {@link ErrorNorm#BATCH_RMS} by default. */
    public Builder norm(ErrorNorm norm) {
      this.norm = norm;
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
     * @param length of the first trial, within the {@linkplain #stepLengths bounds}; 0, the
     *     default, chooses it by two evaluations
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

    /**
     * Times at which f jumps: steps lead up to them and across, so that none has to be found by
     * rejections.
     *
     * @param times finite, in any order; those outside of a solve do not matter to it
     */
    public Builder jumpTimes(double... times) {
      jumpTimes = times.clone();
      return this;
    }

    /**
     * Lets both tolerances depend on the training: each solve in training has the tolerances times
     * this factor, a prediction the tolerances themselves. So a training can begin with coarse
     * solves. First step and bounds of steps stay as they are.
     *
     * @param factor positive at each iteration; null, the default, for 1 throughout
     */
    public Builder toleranceFactor(ISchedule factor) {
      toleranceFactor = factor;
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
