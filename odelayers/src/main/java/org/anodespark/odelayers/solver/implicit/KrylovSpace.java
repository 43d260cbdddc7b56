/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.implicit;

import java.util.ArrayList;
import java.util.List;
import org.anodespark.odelayers.kernel.LinearCombination;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The space of r, A r, A^2 r ... with an orthonormal basis by the modified Gram-Schmidt process,
 * and the element of it that A maps closest to r. The least-squares problem is kept triangular by
 * Givens rotations, so its residual is known at every moment.
 */
final class KrylovSpace implements AutoCloseable {
  private final LinearOperator operator;
  private final Scratch scratch;
  private final List<INDArray> basis = new ArrayList<>();
  private final List<double[]> columns = new ArrayList<>();
  private final List<double[]> rotations = new ArrayList<>();
  private final List<Double> rightHandSide = new ArrayList<>();

  KrylovSpace(LinearOperator operator, INDArray like, ArrayPool pool) {
    this.operator = operator;
    this.scratch = new Scratch(like, pool);
    basis.add(scratch.borrow());
  }

  /** The array for r. */
  INDArray first() {
    return basis.get(0);
  }

  /**
   * Begins with the r that was put into {@link #first}.
   *
   * @return its norm
   */
  double start() {
    double norm = Vectors.norm(first());
    Vectors.scale(1.0 / norm, first());
    rightHandSide.add(norm);
    return norm;
  }

  /** Distance of r from what A maps the space to. */
  double residual() {
    return Math.abs(rightHandSide.get(columns.size()));
  }

  /**
   * Adds one dimension, for one product.
   *
   * @return whether the space could grow; if not, A maps it to a smaller one
   */
  boolean extend() {
    int last = columns.size();
    INDArray next = scratch.borrow();
    operator.apply(basis.get(last), next);
    double[] column = new double[last + 1];
    for (int i = 0; i <= last; i++) {
      column[i] = Vectors.dot(next, basis.get(i));
      LinearCombination.add(next, -column[i], basis.get(i));
    }
    double norm = Vectors.norm(next);
    for (int i = 0; i < last; i++) {
      double cosine = rotations.get(i)[0];
      double sine = rotations.get(i)[1];
      double rotated = cosine * column[i] + sine * column[i + 1];
      column[i + 1] = cosine * column[i + 1] - sine * column[i];
      column[i] = rotated;
    }
    double diagonal = Math.hypot(column[last], norm);
    if (diagonal == 0.0) {
      return false;
    }
    double cosine = column[last] / diagonal;
    double sine = norm / diagonal;
    column[last] = diagonal;
    columns.add(column);
    rotations.add(new double[] {cosine, sine});
    double before = rightHandSide.get(last);
    rightHandSide.set(last, cosine * before);
    rightHandSide.add(-sine * before);
    Vectors.scale(1.0 / norm, next);
    basis.add(next);
    return true;
  }

  /** {@code x := x +} the element that A maps closest to r. */
  void addSolution(INDArray x) {
    double[] coefficients = new double[columns.size()];
    for (int i = coefficients.length - 1; i >= 0; i--) {
      double sum = rightHandSide.get(i);
      for (int j = i + 1; j < coefficients.length; j++) {
        sum -= columns.get(j)[i] * coefficients[j];
      }
      coefficients[i] = sum / columns.get(i)[i];
    }
    for (int i = 0; i < coefficients.length; i++) {
      LinearCombination.add(x, coefficients[i], basis.get(i));
    }
  }

  /** Gives the basis back. */
  @Override
  public void close() {
    scratch.close();
  }
}
