/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.implicit;

import java.util.Locale;
import org.anodespark.odelayers.failure.FailureReason;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.anodespark.odelayers.kernel.LinearCombination;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * r(x) = 0 by Newton's method with products only: each correction d solves A d = r(x), A = -dr/dx,
 * by {@link Gmres} up to a given reduction of the residual (Dembo, Eisenstat and Steihaug, "Inexact
 * Newton methods", SIAM J. Numer. Anal. 19(2), 1982). On a linear equation it is iterative
 * refinement. A correction after which the residual is not smaller is halved until it is: steep
 * fields, such as those with the statistics of a small batch, send full ones to and fro.
 *
 * <p>What ends it is a residual of at most tolerance times |x|, or a correction of at most that.
 * The second test is for stiff equations: rounding leaves a larger residual there, but in the stiff
 * components, where A is large, and what it comes from in x is small. And a residual that is no
 * larger than the rounding of its terms is as good as none.
 *
 * @param tolerance relative to the norm of the solution; 0 for 1e-12 in double precision and 1e-6
 *     in single precision
 * @param maxIterations most corrections
 * @param maxLinearIterations most products for one correction
 */
record NewtonKrylov(double tolerance, int maxIterations, int maxLinearIterations) {
  /**
   * Reduction of the residual by one correction: about what a correction gains anyway in the middle
   * of quadratic convergence. More would be solved for in vain, less would cost more evaluations.
   */
  private static final double REDUCTION = 1e-3;

  /** Part of the decrease that a linear equation would have. */
  private static final double SUFFICIENT_DECREASE = 1e-4;

  private static final int MAX_HALVINGS = 10;

  /**
   * Solves.
   *
   * @param equation the equation
   * @param x receives the solution
   * @param pool lends scratch memory
   * @return whether {@code x} is the latest point of {@link Equation#residual}
   * @throws OdeSolveException if the iteration does not converge or does not stay finite
   */
  boolean solve(Equation equation, INDArray x, ArrayPool pool) {
    double accuracy = tolerance(x.dataType());
    Gmres gmres = new Gmres(equation::product, maxLinearIterations, pool);
    try (Scratch scratch = new Scratch(x, pool)) {
      INDArray residual = scratch.borrow();
      INDArray correction = scratch.borrow();
      equation.start(x, residual);
      for (int iteration = 0; !isSmall(equation, x, residual, accuracy); iteration++) {
        if (iteration == maxIterations) {
          throw tooManyIterations(equation, residual, x, accuracy);
        }
        double reached = gmres.solve(residual, correction, REDUCTION);
        if (!Double.isFinite(reached)) {
          throw equation.nonFinite(x);
        }
        if (reached > REDUCTION) {
          throw linearSolveFailed(equation, iteration, reached);
        }
        double before = Vectors.norm(residual);
        LinearCombination.add(x, 1.0, correction);
        double size = Math.max(equation.scale(), Vectors.norm(x));
        if (Vectors.norm(correction) <= accuracy * size) {
          return false;
        }
        equation.residual(x, residual);
        shorten(equation, x, residual, correction, before);
      }
      return true;
    }
  }

  /** Halves a correction that was added to x until the residual is smaller than before. */
  private static void shorten(
      Equation equation, INDArray x, INDArray residual, INDArray correction, double before) {
    double length = 1.0;
    for (int halving = 0; halving < MAX_HALVINGS; halving++) {
      if (Vectors.norm(residual) <= (1.0 - SUFFICIENT_DECREASE * length) * before) {
        return;
      }
      length /= 2;
      LinearCombination.add(x, -length, correction);
      equation.residual(x, residual);
    }
  }

  private static boolean isSmall(
      Equation equation, INDArray x, INDArray residual, double accuracy) {
    double norm = Vectors.norm(residual);
    if (!Double.isFinite(norm)) {
      throw equation.nonFinite(x);
    }
    boolean inDouble = x.dataType() == DataType.DOUBLE;
    double epsilon = inDouble ? Math.ulp(1.0) : Math.ulp(1.0f);
    // below the normal numbers a residual cannot be made a unit vector
    double smallest = inDouble ? Double.MIN_NORMAL : Float.MIN_NORMAL;
    return norm <= accuracy * Vectors.norm(x)
        || norm <= epsilon * equation.terms()
        || norm < smallest;
  }

  private double tolerance(DataType dataType) {
    if (tolerance > 0.0) {
      return tolerance;
    }
    return dataType == DataType.DOUBLE ? 1e-12 : 1e-6;
  }

  private OdeSolveException tooManyIterations(
      Equation equation, INDArray residual, INDArray x, double accuracy) {
    return new OdeSolveException(
        FailureReason.NO_CONVERGENCE,
        String.format(
            Locale.ROOT,
            "%s has a residual of %.3g after maxIterations = %d corrections, expected at most %.3g;"
                + " take smaller steps, or allow more iterations or a larger tolerance.",
            equation.name(),
            Vectors.norm(residual),
            maxIterations,
            accuracy * Vectors.norm(x)));
  }

  private OdeSolveException linearSolveFailed(Equation equation, int iteration, double reached) {
    return new OdeSolveException(
        FailureReason.NO_CONVERGENCE,
        String.format(
            Locale.ROOT,
            "the linear system of correction %d to %s was solved up to %.3g of its residual with"
                + " maxLinearIterations = %d, expected %.3g; it is close to singular if f grows fast"
                + " along some direction: take smaller steps, or allow more iterations.",
            iteration + 1,
            equation.name(),
            reached,
            maxLinearIterations,
            REDUCTION));
  }
}
