/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.regularization;

import java.util.Objects;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.solver.DenseStepMethod;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepMethod;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Regularises one step of its own: from the state of the solve at a random time, over the first
 * step that step control would choose there. Its value is {@code E |h|} or {@code S / r} of that
 * step, as in {@link ErrorEstimate} and {@link StiffnessEstimate}. State, first slope and length of
 * the step are constants, so nothing joins the adjoint of the solve: the gradient goes to the
 * parameters only, by the evaluations of this one step.
 *
 * <p>Source: A. Pal, A. Edelman and C. Rackauckas, "Locally Regularized Neural Differential
 * Equations: Some Black Boxes Were Meant to Remain Closed!", ICML 2023.
 */
public final class LocalRegularization extends WeightedRegularizer {
  private static final long serialVersionUID = 1L;

  /** Where the step begins. */
  public enum Sampling {
    /** At a time that is uniform over the interval, in the state of the dense output. */
    UNBIASED,
    /** At the start of an accepted step, each being equally probable: where steps are short. */
    BIASED
  }

  /** What is regularised of the step. */
  public enum Quantity {
    /** {@code E |h|}. */
    ERROR_TIMES_LENGTH,
    /** {@code S / r}. */
    STIFFNESS
  }

  private final Sampling sampling;
  private final Quantity quantity;

  /**
   * The error.
   *
   * @param coefficient constant, not negative
   * @param sampling where the step begins
   */
  public LocalRegularization(double coefficient, Sampling sampling) {
    this(constant(coefficient), sampling, Quantity.ERROR_TIMES_LENGTH);
  }

  /**
   * As told.
   *
   * @param coefficient over the training
   * @param sampling where the step begins
   * @param quantity what is regularised of it
   */
  @JsonCreator
  public LocalRegularization(
      @JsonProperty("coefficient") ISchedule coefficient,
      @JsonProperty("sampling") Sampling sampling,
      @JsonProperty("quantity") Quantity quantity) {
    super(coefficient);
    this.sampling = Objects.requireNonNull(sampling, "sampling");
    this.quantity = Objects.requireNonNull(quantity, "quantity");
  }

  /** Where the step begins. */
  @JsonProperty("sampling")
  public Sampling sampling() {
    return sampling;
  }

  /** What is regularised of it. */
  @JsonProperty("quantity")
  public Quantity quantity() {
    return quantity;
  }

  @Override
  public void check(StepMethod method, StepControl control, AdjointStrategy adjoint) {
    Requirements.requireExact(this, adjoint);
    // also for stiffness: without tolerances there is no choice of a first step
    Requirements.requireError(this, method, control);
    if (!(method instanceof DenseStepMethod)) {
      throw Requirements.because(
          "LocalRegularization needs a method with dense output, which "
              + method
              + " has not; use Tsitouras or DormandPrince.");
    }
    if (quantity == Quantity.STIFFNESS) {
      Requirements.requireStiffness(this, method);
    }
  }

  /** The regulariser of one step that is meant. */
  StepRegularizer ofTheStep() {
    return quantity == Quantity.STIFFNESS
        ? new StiffnessEstimate(coefficient())
        : new ErrorEstimate(coefficient());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LocalRegularization that
        && coefficient().equals(that.coefficient())
        && sampling == that.sampling
        && quantity == that.quantity;
  }

  @Override
  public int hashCode() {
    return Objects.hash(coefficient(), sampling.name(), quantity.name());
  }

  @Override
  public String toString() {
    return "LocalRegularization(" + coefficient() + ", " + sampling + ", " + quantity + ")";
  }
}
