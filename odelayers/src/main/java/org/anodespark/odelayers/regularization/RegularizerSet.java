/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.regularization;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.solver.InitialValueProblem;
import org.anodespark.odelayers.solver.MeasurableStepMethod;
import org.anodespark.odelayers.solver.StageIntegrand;
import org.anodespark.odelayers.solver.StateSample;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepJournal;
import org.anodespark.odelayers.solver.StepMethod;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The regularisers of a block, together.
 *
 * @param regularizers not two of one name
 */
public record RegularizerSet(List<Regularizer> regularizers) {
  /** Keeps a copy of the list. */
  public RegularizerSet {
    regularizers = List.copyOf(regularizers);
  }

  /**
   * Checks that they work with each other and with the other settings of the block.
   *
   * @param seriesOfStates whether the block puts out states at several times
   * @throws org.anodespark.odelayers.failure.OdeSolveException with reason {@code
   *     UNSUPPORTED_COMBINATION}
   */
  public void check(
      StepMethod method,
      StepControl control,
      AdjointStrategy adjoint,
      double start,
      double end,
      boolean seriesOfStates) {
    Set<String> names = new HashSet<>();
    for (Regularizer regularizer : regularizers) {
      if (!names.add(regularizer.name())) {
        throw Requirements.because(
            "There are two regularisers " + regularizer.name() + "; give one of each kind.");
      }
      regularizer.check(method, control, adjoint);
    }
    steer().ifPresent(steer -> steer.checkInterval(start, end));
    if (seriesOfStates && steer().isPresent()) {
      throw Requirements.because(
          "Steer draws the end time, which outputTimes(...) fix; use one of them.");
    }
  }

  /** The method as a solve in training uses it, whose tapes hold what the measures need. */
  public StepMethod measured(StepMethod method, StepControl control) {
    return measures()
        ? ((MeasurableStepMethod) method).measuredIn(journal(control, List.of(), null))
        : method;
  }

  /** Arrays of the shape of y that are kept for the gradient besides what the strategy keeps. */
  public int statesKept() {
    return (local().isPresent() ? 1 : 0)
        + integrals().stream().mapToInt(IntegralRegularizer::statesKept).sum();
  }

  /**
   * Begins a solve in training.
   *
   * @param problem what the block would solve without regularisers
   * @param y0 its initial state
   */
  public RegularizedSolve begin(InitialValueProblem problem, INDArray y0) {
    return new RegularizedSolve(this, problem, y0);
  }

  /** Whether the steps of the solve are looked at. */
  boolean measures() {
    return !ofSteps().isEmpty() || !integrals().isEmpty() || local().isPresent();
  }

  StepJournal journal(StepControl control, List<StageIntegrand> integrands, StateSample sample) {
    boolean error = ofSteps().stream().anyMatch(StepRegularizer::readsError);
    boolean stiffness = ofSteps().stream().anyMatch(StepRegularizer::readsStiffness);
    boolean slopes = integrals().stream().anyMatch(IntegralRegularizer::readsSlopes);
    return new StepJournal(
        error ? control.tolerance().orElseThrow() : null, stiffness, slopes, integrands, sample);
  }

  List<StepRegularizer> ofSteps() {
    return all(StepRegularizer.class).toList();
  }

  List<IntegralRegularizer> integrals() {
    return all(IntegralRegularizer.class).toList();
  }

  Optional<Steer> steer() {
    return only(Steer.class);
  }

  Optional<LocalRegularization> local() {
    return only(LocalRegularization.class);
  }

  private <T> Optional<T> only(Class<T> type) {
    return all(type).findFirst();
  }

  private <T> Stream<T> all(Class<T> type) {
    return regularizers.stream().filter(type::isInstance).map(type::cast);
  }
}
