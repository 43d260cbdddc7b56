/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.implicit;

import java.util.Locale;
import org.anodespark.odelayers.dynamics.KeptEvaluation;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.failure.FailureReason;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.kernel.LinearCombination;
import org.anodespark.odelayers.solver.Step;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The equation of an implicit step, {@code base + gamma f(t, y) - y = 0}; its products are those
 * with {@code A = I - gamma J(y)}. Holds the latest evaluation of f.
 */
final class StepEquation implements Equation, AutoCloseable {
  private final VectorField field;
  private final Step step;
  private final double gamma;
  private final INDArray start;
  private final INDArray base;
  private final INDArray slope;
  private KeptEvaluation evaluation;
  private double terms;

  /**
   * @param field f
   * @param step the step, at whose end y is unknown
   * @param gamma factor of f
   * @param start y at the start of the step
   * @param base left as it is
   * @param slope receives f(t, y) at each residual
   */
  StepEquation(
      VectorField field, Step step, double gamma, INDArray start, INDArray base, INDArray slope) {
    this.field = field;
    this.step = step;
    this.gamma = gamma;
    this.start = start;
    this.base = base;
    this.slope = slope;
  }

  @Override
  public void start(INDArray y, INDArray out) {
    y.assign(start);
    residual(y, out);
  }

  @Override
  public void residual(INDArray y, INDArray out) {
    evaluate(y);
    out.assign(base);
    LinearCombination.add(out, gamma, slope);
    LinearCombination.add(out, -1.0, y);
    terms = Vectors.norm(base) + Math.abs(gamma) * Vectors.norm(slope) + Vectors.norm(y);
  }

  /** Evaluates f at y, and keeps that. */
  void evaluate(INDArray y) {
    close();
    evaluation = field.evaluateAndKeep(step.end(), y, slope);
  }

  @Override
  public void product(INDArray direction, INDArray out) {
    try {
      evaluation.pushforward(direction, out);
    } catch (UnsupportedOperationException e) {
      throw new OdeSolveException(
          FailureReason.UNSUPPORTED_COMBINATION,
          "an implicit method needs Jacobian-vector products of its field: " + e.getMessage());
    }
    Vectors.scale(-gamma, out);
    LinearCombination.add(out, 1.0, direction);
  }

  /** The latest evaluation, which the caller closes. */
  KeptEvaluation release() {
    KeptEvaluation released = evaluation;
    evaluation = null;
    return released;
  }

  @Override
  public double scale() {
    return Vectors.norm(start);
  }

  @Override
  public double terms() {
    return terms;
  }

  @Override
  public String name() {
    return "the equation of the implicit step";
  }

  @Override
  public OdeSolveException nonFinite(INDArray y) {
    if (!Double.isFinite(scale())) {
      return new OdeSolveException(
          FailureReason.NON_FINITE_INPUT,
          "the state at the start of the step holds NaN or infinity; look at the data and at the"
              + " layers in front.");
    }
    String what;
    if (!Double.isFinite(Vectors.norm(base))) {
      what = describe(step.start(), start);
    } else if (Double.isFinite(Vectors.norm(y))) {
      what = describe(step.end(), y);
    } else {
      what = "Newton's iteration for the implicit step went to infinity";
    }
    return new OdeSolveException(
        FailureReason.NON_FINITE_DYNAMICS,
        what
            + ". Weights that have grown out of bounds are the usual cause: lower the learning rate,"
            + " or take more steps.");
  }

  private String describe(double t, INDArray y) {
    String layer = field.locateNonFinite(t, y);
    return String.format(
        Locale.ROOT,
        "f(t, y) or its Jacobian at t = %s holds NaN or infinity%s; the largest entry of y there is"
            + " %.4g",
        t,
        layer.isEmpty() ? "" : ", first in " + layer,
        y.amaxNumber().doubleValue());
  }

  /** Closes the latest evaluation, unless it was released. */
  @Override
  public void close() {
    if (evaluation != null) {
      evaluation.close();
      evaluation = null;
    }
  }
}
