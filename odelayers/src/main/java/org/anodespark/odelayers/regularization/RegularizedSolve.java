/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.regularization;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.MeasurableStepMethod;
import org.anodespark.odelayers.solver.StageIntegrand;
import org.anodespark.odelayers.solver.StepCotangent;
import org.anodespark.odelayers.solver.StepJournal;
import org.anodespark.odelayers.solver.StepMeasure;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The regularisers of a block during one solve in training. In turn: {@link #problem} is solved;
 * {@link #finish}; its gradient is taken; {@link #pullback}; {@link #close}.
 */
public final class RegularizedSolve implements AutoCloseable {
  private final List<StepRegularizer> ofSteps;
  private final List<IntegralRegularizer> integrals;

  /** One for each of the integrals. */
  private final List<StageIntegrand> integrands = new ArrayList<>();

  private final InitialValueProblem unmeasured;
  private final InitialValueProblem problem;

  /** Null if no step is measured. */
  private final StepJournal journal;

  /** Null if there is none. */
  private final LocalStep local;

  /** Null if there is none. */
  private final LocalRegularization localRegularizer;

  RegularizedSolve(RegularizerSet regularization, InitialValueProblem unsteered, INDArray y0) {
    ofSteps = regularization.ofSteps();
    unmeasured =
        regularization
            .steer()
            .map(steer -> unsteered.between(unsteered.start(), steer.draw(unsteered.end())))
            .orElse(unsteered);
    integrals = regularization.integrals();
    for (IntegralRegularizer integral : integrals) {
      integrands.add(integral.integrand(unmeasured, y0));
    }
    localRegularizer = regularization.local().orElse(null);
    local = localRegularizer == null ? null : new LocalStep(localRegularizer, unmeasured, y0);
    journal =
        regularization.measures()
            ? regularization.journal(
                unmeasured.control(), integrands, local == null ? null : local.sample())
            : null;
    problem =
        journal == null
            ? unmeasured
            : unmeasured.by(((MeasurableStepMethod) unmeasured.method()).measuredIn(journal));
  }

  /** What has to be solved instead. */
  public InitialValueProblem problem() {
    return problem;
  }

  /**
   * Computes the values, once the problem is solved.
   *
   * @param iteration of the training, for the coefficients
   * @param epoch of the training, likewise
   * @param gradientScale factor of the gradient, e.g. the examples of a minibatch if gradients are
   *     summed over them and divided later
   * @return what joins the loss: values times coefficients
   */
  public double finish(int iteration, int epoch, double gradientScale) {
    double penalty = 0;
    if (journal != null) {
      List<StepMeasure> steps = journal.close();
      penalty += finishSteps(steps, iteration, epoch, gradientScale);
      penalty += finishIntegrals(steps, iteration, epoch, gradientScale);
    }
    if (local != null) {
      double coefficient = localRegularizer.coefficient().valueAt(iteration, epoch);
      double value = local.take(coefficient * gradientScale);
      problem.counter().regularized(localRegularizer.name(), value);
      penalty += coefficient * value;
    }
    return penalty;
  }

  private double finishSteps(
      List<StepMeasure> steps, int iteration, int epoch, double gradientScale) {
    double sum = 0;
    List<StepCotangent> cotangents =
        new ArrayList<>(Collections.nCopies(steps.size(), StepCotangent.ZERO));
    for (StepRegularizer regularizer : ofSteps) {
      StepPenalty penalty = regularizer.penalty(steps, (MeasurableStepMethod) unmeasured.method());
      double coefficient = regularizer.coefficient().valueAt(iteration, epoch);
      problem.counter().regularized(regularizer.name(), penalty.value());
      sum += coefficient * penalty.value();
      for (int i = 0; i < cotangents.size(); i++) {
        StepCotangent own = penalty.cotangents().get(i).times(coefficient * gradientScale);
        cotangents.set(i, cotangents.get(i).plus(own));
      }
    }
    journal.setCotangents(cotangents);
    return sum;
  }

  private double finishIntegrals(
      List<StepMeasure> steps, int iteration, int epoch, double gradientScale) {
    double sum = 0;
    double[] weights = new double[integrals.size()];
    for (int i = 0; i < weights.length; i++) {
      int index = i;
      double value = steps.stream().mapToDouble(step -> step.integrals().get(index)).sum();
      double coefficient = integrals.get(i).coefficient().valueAt(iteration, epoch);
      problem.counter().regularized(integrals.get(i).name(), value);
      sum += coefficient * value;
      weights[i] = coefficient * gradientScale;
    }
    journal.setIntegralWeights(weights);
    return sum;
  }

  /** Adds to the parameter gradient what does not come with the gradient of the solve. */
  public void pullback() {
    if (local != null) {
      local.pullback();
    }
  }

  /** Frees what is kept. */
  @Override
  public void close() {
    integrands.forEach(StageIntegrand::close);
    if (local != null) {
      local.close();
    }
  }
}
