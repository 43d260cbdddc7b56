/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.network;

import java.util.List;
import java.util.Optional;
import org.anodespark.odelayers.OdeBlock;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.kernel.Precision;
import org.anodespark.odelayers.layer.EvolutionTiming;
import org.anodespark.odelayers.layer.WeightEvolution;
import org.anodespark.odelayers.regularization.Regularizer;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepMethod;

/**
 * How the ODE blocks of a network are solved and differentiated, whatever their fields are.
 *
 * @param solver the method of one step
 * @param stepControl chooses the steps
 * @param adjoint where the gradient comes from
 * @param regularizers what makes the ODE easier to solve in training, of different kinds; may be
 *     empty
 * @param precision in which type fields are evaluated
 * @param evolution of the weights of the fields' convolutions; empty for weights that are the same
 *     at all times
 */
public record OdeBlockSettings(
    StepMethod solver,
    StepControl stepControl,
    AdjointStrategy adjoint,
    List<Regularizer> regularizers,
    Precision precision,
    Optional<Evolution> evolution) {

  /**
   * How weights evolve.
   *
   * @param weights by which equation
   * @param timing alongside the state, or before it
   */
  public record Evolution(WeightEvolution weights, EvolutionTiming timing) {}

  /** Blocks whose weights are the same at all times. */
  public OdeBlockSettings(
      StepMethod solver,
      StepControl stepControl,
      AdjointStrategy adjoint,
      List<Regularizer> regularizers,
      Precision precision) {
    this(solver, stepControl, adjoint, regularizers, precision, Optional.empty());
  }

  /** Copies the list. */
  public OdeBlockSettings {
    regularizers = List.copyOf(regularizers);
  }

  /** A builder of a block from t = 0 to t = 1 that lacks its dynamics only. */
  public OdeBlock.Builder builder() {
    OdeBlock.Builder builder =
        new OdeBlock.Builder()
            .solver(solver)
            .stepControl(stepControl)
            .adjoint(adjoint)
            .regularizers(regularizers.toArray(Regularizer[]::new))
            .precision(precision);
    evolution.ifPresent(each -> builder.evolution(each.weights(), each.timing()));
    return builder;
  }
}
