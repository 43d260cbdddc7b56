/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.regularization;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.anodespark.odelayers.solver.MeasurableStepMethod;
import org.anodespark.odelayers.solver.StepCotangent;
import org.anodespark.odelayers.solver.StepMeasure;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Regularises how stiff the ODE is: the sum, the mean or the maximum over the accepted steps of
 * {@code S / r}, S being an estimate of the largest eigenvalue of df/dy at the end of a step and r
 * the {@linkplain MeasurableStepMethod#stabilityRadius stability radius} of the method. Needs a
 * method with two stages at the end of a step: Tsitouras, DormandPrince or Sosri2.
 *
 * <p>Source: as {@link ErrorEstimate}.
 */
public final class StiffnessEstimate extends StepRegularizer {
  private static final long serialVersionUID = 1L;

  private final OverSteps overSteps;

  /**
   * The maximum.
   *
   * @param coefficient constant, not negative
   */
  public StiffnessEstimate(double coefficient) {
    this(constant(coefficient));
  }

  /**
   * The maximum.
   *
   * @param coefficient over the training
   */
  public StiffnessEstimate(ISchedule coefficient) {
    this(coefficient, OverSteps.MAXIMUM);
  }

  /**
   * As told.
   *
   * @param coefficient over the training
   * @param overSteps how the values of the steps become one
   */
  @JsonCreator
  public StiffnessEstimate(
      @JsonProperty("coefficient") ISchedule coefficient,
      @JsonProperty("overSteps") OverSteps overSteps) {
    super(coefficient);
    this.overSteps = Objects.requireNonNull(overSteps, "overSteps");
  }

  /** How the values of the steps become one. */
  @JsonProperty("overSteps")
  public OverSteps overSteps() {
    return overSteps;
  }

  @Override
  public boolean readsError() {
    return false;
  }

  @Override
  public boolean readsStiffness() {
    return true;
  }

  @Override
  public StepPenalty penalty(List<StepMeasure> steps, MeasurableStepMethod method) {
    double radius = method.stabilityRadius();
    double[] values = steps.stream().mapToDouble(step -> step.stiffness() / radius).toArray();
    List<StepCotangent> cotangents = new ArrayList<>(values.length);
    for (double derivative : overSteps.derivatives(values)) {
      cotangents.add(new StepCotangent(0, derivative / radius));
    }
    return new StepPenalty(overSteps.of(values), cotangents);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StiffnessEstimate that
        && coefficient().equals(that.coefficient())
        && overSteps == that.overSteps;
  }

  @Override
  public int hashCode() {
    return Objects.hash(coefficient(), overSteps.name());
  }

  @Override
  public String toString() {
    return "StiffnessEstimate(" + coefficient() + ", " + overSteps + ")";
  }
}
