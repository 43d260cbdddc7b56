/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.network;

import java.util.List;
import org.anodespark.odelayers.OdeBlock;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.kernel.Precision;
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
 */
public record OdeBlockSettings(
    StepMethod solver,
    StepControl stepControl,
    AdjointStrategy adjoint,
    List<Regularizer> regularizers,
    Precision precision) {

  /** Copies the list. */
  public OdeBlockSettings {
    regularizers = List.copyOf(regularizers);
  }

  /** A builder of a block from t = 0 to t = 1 that lacks its dynamics only. */
  public OdeBlock.Builder builder() {
    return new OdeBlock.Builder()
        .solver(solver)
        .stepControl(stepControl)
        .adjoint(adjoint)
        .regularizers(regularizers.toArray(Regularizer[]::new))
        .precision(precision);
  }
}
