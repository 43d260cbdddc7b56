/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.implicit;

import org.anodespark.odelayers.dynamics.KeptEvaluation;
import org.anodespark.odelayers.failure.FailureReason;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.kernel.LinearCombination;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The adjoint equation of an implicit step, {@code lambda - (I - gamma J)^T w = 0}. */
final class AdjointEquation implements Equation {
  private final KeptEvaluation evaluation;
  private final double gamma;
  private final INDArray lambda;
  private final INDArray cotangent;
  private double terms;

  /**
   * @param evaluation f at the end of the step
   * @param gamma factor of f
   * @param lambda gradient with respect to the state at the end of the step, left as it is
   * @param cotangent scratch memory
   */
  AdjointEquation(KeptEvaluation evaluation, double gamma, INDArray lambda, INDArray cotangent) {
    this.evaluation = evaluation;
    this.gamma = gamma;
    this.lambda = lambda;
    this.cotangent = cotangent;
  }

  @Override
  public void start(INDArray w, INDArray out) {
    w.assign(0.0);
    out.assign(lambda);
    terms = scale();
  }

  @Override
  public void residual(INDArray w, INDArray out) {
    product(w, out);
    terms = scale() + Vectors.norm(out) + Vectors.norm(w);
    Vectors.scale(-1.0, out);
    LinearCombination.add(out, 1.0, lambda);
  }

  @Override
  public void product(INDArray direction, INDArray out) {
    cotangent.assign(direction);
    evaluation.pullback(cotangent, 0.0, out);
    Vectors.scale(-gamma, out);
    LinearCombination.add(out, 1.0, direction);
  }

  @Override
  public double scale() {
    return Vectors.norm(lambda);
  }

  @Override
  public double terms() {
    return terms;
  }

  @Override
  public String name() {
    return "the adjoint equation of the implicit step";
  }

  @Override
  public OdeSolveException nonFinite(INDArray w) {
    return new OdeSolveException(
        FailureReason.NON_FINITE_DYNAMICS,
        Double.isFinite(Vectors.norm(lambda))
            ? "a product with the transposed Jacobian holds NaN or infinity; lower the learning"
                + " rate, or take more steps."
            : "the gradient that comes into the step holds NaN or infinity; look at the layers and"
                + " at the loss behind.");
  }
}
