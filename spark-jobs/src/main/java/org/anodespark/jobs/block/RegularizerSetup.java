/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.block;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.anodespark.odelayers.regularization.ErrorEstimate;
import org.anodespark.odelayers.regularization.JacobianFrobenius;
import org.anodespark.odelayers.regularization.KineticEnergy;
import org.anodespark.odelayers.regularization.LocalRegularization;
import org.anodespark.odelayers.regularization.Regularizer;
import org.anodespark.odelayers.regularization.Steer;
import org.anodespark.odelayers.regularization.StiffnessEstimate;
import org.anodespark.odelayers.regularization.TaylorRegularization;
import org.anodespark.odelayers.schedule.ExponentialAnnealing;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * The regularisers of an ODE block. Coefficients are at least 0, and one of 0 adds no regulariser;
 * a final factor, above 0, is what a coefficient is multiplied by at the end of the training, on
 * the way there by equal factors in equal times. Immutable.
 */
public final class RegularizerSetup {
  /** None. */
  public static final RegularizerSetup NONE = new RegularizerSetup(List.of());

  /** Make regularisers for a training of so many iterations. */
  private final List<Function<Integer, Regularizer>> regularizers;

  private RegularizerSetup(List<Function<Integer, Regularizer>> regularizers) {
    this.regularizers = List.copyOf(regularizers);
  }

  /**
   * These and an {@link ErrorEstimate}.
   *
   * @param quantity one of {@link RegularizerChoices#ERROR_QUANTITIES}
   * @param overSteps one of {@link RegularizerChoices#OVER_STEPS}
   */
  public RegularizerSetup errorEstimate(
      double coefficient, double finalFactor, String quantity, String overSteps) {
    return with(
        coefficient,
        finalFactor,
        schedule ->
            new ErrorEstimate(
                schedule,
                RegularizerChoices.ERROR_QUANTITIES.get(quantity),
                RegularizerChoices.OVER_STEPS.get(overSteps)));
  }

  /**
   * These and a {@link StiffnessEstimate}.
   *
   * @param overSteps one of {@link RegularizerChoices#OVER_STEPS}
   */
  public RegularizerSetup stiffnessEstimate(
      double coefficient, double finalFactor, String overSteps) {
    return with(
        coefficient,
        finalFactor,
        schedule -> new StiffnessEstimate(schedule, RegularizerChoices.OVER_STEPS.get(overSteps)));
  }

  /**
   * These and a {@link LocalRegularization}.
   *
   * @param quantity one of {@link RegularizerChoices#LOCAL_QUANTITIES}
   * @param sampling one of {@link RegularizerChoices#SAMPLINGS}
   */
  public RegularizerSetup local(
      double coefficient, double finalFactor, String quantity, String sampling) {
    return with(
        coefficient,
        finalFactor,
        schedule ->
            new LocalRegularization(
                schedule,
                RegularizerChoices.SAMPLINGS.get(sampling),
                RegularizerChoices.LOCAL_QUANTITIES.get(quantity)));
  }

  /**
   * These and a {@link TaylorRegularization}.
   *
   * @param order which derivative, at least 2
   */
  public RegularizerSetup taylor(double coefficient, double finalFactor, int order) {
    return with(coefficient, finalFactor, schedule -> new TaylorRegularization(schedule, order));
  }

  /** These and {@link KineticEnergy}. */
  public RegularizerSetup kineticEnergy(double coefficient, double finalFactor) {
    return with(coefficient, finalFactor, KineticEnergy::new);
  }

  /** These and {@link JacobianFrobenius}. */
  public RegularizerSetup jacobianFrobenius(double coefficient, double finalFactor) {
    return with(coefficient, finalFactor, JacobianFrobenius::new);
  }

  /**
   * These and {@link Steer}.
   *
   * @param halfWidth at least 0; 0 adds nothing
   */
  public RegularizerSetup steer(double halfWidth) {
    return halfWidth == 0 ? this : with(iterations -> new Steer(halfWidth));
  }

  private RegularizerSetup with(
      double coefficient, double finalFactor, Function<ISchedule, Regularizer> regularizer) {
    return coefficient == 0
        ? this
        : with(iterations -> regularizer.apply(schedule(coefficient, finalFactor, iterations)));
  }

  private RegularizerSetup with(Function<Integer, Regularizer> regularizer) {
    List<Function<Integer, Regularizer>> more = new ArrayList<>(regularizers);
    more.add(regularizer);
    return new RegularizerSetup(more);
  }

  private static ISchedule schedule(double coefficient, double finalFactor, int iterations) {
    return finalFactor == 1
        ? new FixedSchedule(coefficient)
        : new ExponentialAnnealing(
            ScheduleType.ITERATION, coefficient, coefficient * finalFactor, iterations);
  }

  /**
   * The regularisers.
   *
   * @param iterations of the training, at least 1
   */
  public List<Regularizer> over(int iterations) {
    List<Regularizer> made = new ArrayList<>();
    regularizers.forEach(regularizer -> made.add(regularizer.apply(iterations)));
    return made;
  }
}
