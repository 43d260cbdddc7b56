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
 * Regularises the solver's own estimate of its errors: the sum or the mean over the accepted steps
 * of {@code E |h|} or of {@code E^2}, E being the root mean square of the error estimate relative
 * to the tolerance. A field of smaller errors is solved in fewer steps.
 *
 * <p>Step control holds E at about the same level whatever f is, so the value falls little in a
 * training; it is the gradient at given lengths of steps that makes f easier, and the evaluations
 * of f that tell of it.
 *
 * <p>Source: A. Pal, Y. Ma, V. Shah and C. Rackauckas, "Opening the Blackbox: Accelerating Neural
 * Differential Equations by Regularizing Internal Solver Heuristics", ICML 2021.
 */
public final class ErrorEstimate extends StepRegularizer {
  private static final long serialVersionUID = 1L;

  /** What is regularised of each step. */
  public enum Quantity {
    /** {@code E |h|}. */
    ERROR_TIMES_LENGTH {
      @Override
      double of(StepMeasure step) {
        return step.error() * step.length();
      }

      @Override
      double derivative(StepMeasure step) {
        return step.length();
      }
    },
    /** {@code E^2}. */
    SQUARED_ERROR {
      @Override
      double of(StepMeasure step) {
        return step.error() * step.error();
      }

      @Override
      double derivative(StepMeasure step) {
        return 2 * step.error();
      }
    };

    abstract double of(StepMeasure step);

    /** With respect to E. */
    abstract double derivative(StepMeasure step);
  }

  private final Quantity quantity;
  private final OverSteps overSteps;

  /**
   * The mean of {@code E |h|}.
   *
   * @param coefficient constant, not negative
   */
  public ErrorEstimate(double coefficient) {
    this(constant(coefficient));
  }

  /**
   * The mean of {@code E |h|}.
   *
   * @param coefficient over the training
   */
  public ErrorEstimate(ISchedule coefficient) {
    this(coefficient, Quantity.ERROR_TIMES_LENGTH, OverSteps.MEAN);
  }

  /**
   * As told.
   *
   * @param coefficient over the training
   * @param quantity what is regularised of each step
   * @param overSteps how it becomes one number
   */
  @JsonCreator
  public ErrorEstimate(
      @JsonProperty("coefficient") ISchedule coefficient,
      @JsonProperty("quantity") Quantity quantity,
      @JsonProperty("overSteps") OverSteps overSteps) {
    super(coefficient);
    this.quantity = Objects.requireNonNull(quantity, "quantity");
    this.overSteps = Objects.requireNonNull(overSteps, "overSteps");
  }

  /** What is regularised of each step. */
  @JsonProperty("quantity")
  public Quantity quantity() {
    return quantity;
  }

  /** How it becomes one number. */
  @JsonProperty("overSteps")
  public OverSteps overSteps() {
    return overSteps;
  }

  @Override
  public boolean readsError() {
    return true;
  }

  @Override
  public boolean readsStiffness() {
    return false;
  }

  @Override
  public StepPenalty penalty(List<StepMeasure> steps, MeasurableStepMethod method) {
    double[] values = steps.stream().mapToDouble(quantity::of).toArray();
    double[] derivatives = overSteps.derivatives(values);
    List<StepCotangent> cotangents = new ArrayList<>(values.length);
    for (int i = 0; i < values.length; i++) {
      cotangents.add(new StepCotangent(derivatives[i] * quantity.derivative(steps.get(i)), 0));
    }
    return new StepPenalty(overSteps.of(values), cotangents);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ErrorEstimate that
        && coefficient().equals(that.coefficient())
        && quantity == that.quantity
        && overSteps == that.overSteps;
  }

  @Override
  public int hashCode() {
    return Objects.hash(coefficient(), quantity.name(), overSteps.name());
  }

  @Override
  public String toString() {
    return "ErrorEstimate(" + coefficient() + ", " + quantity + ", " + overSteps + ")";
  }
}
