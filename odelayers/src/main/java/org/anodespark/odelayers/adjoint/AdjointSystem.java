/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import org.anodespark.odelayers.dynamics.KeptEvaluation;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The continuous adjoint equations as a vector field: {@code da/dt = -(df/dy)^T a}, and besides, if
 * wanted, {@code dy/dt = f} and {@code dg/dt = -(df/dtheta)^T a} (Chen et al., "Neural Ordinary
 * Differential Equations", NeurIPS 2018, appendix B). Its state is one flat array {@code [a | y |
 * g]}; without y in it, y comes from the interpolants of the forward solve.
 */
final class AdjointSystem implements VectorField {
  private final VectorField field;
  private final long[] shape;
  private final long size;
  private final StateAlongTheWay along;
  private final boolean withParameters;
  private final ArrayPool pool;

  /**
   * @param field f
   * @param like gives the shape of y
   * @param along where y comes from; null if it is part of the state
   * @param withParameters whether g is part of the state, if f has parameters; the field's
   *     parameter gradient is overwritten then
   * @param pool lends scratch memory
   */
  AdjointSystem(
      VectorField field,
      INDArray like,
      StateAlongTheWay along,
      boolean withParameters,
      ArrayPool pool) {
    this.field = field;
    this.shape = like.shape();
    this.size = like.length();
    this.along = along;
    this.withParameters = withParameters && field.parameterGradient() != null;
    this.pool = pool;
  }

  /** Entries of the state. */
  long length() {
    return lengthWithoutParameters() + (withParameters ? field.parameterGradient().length() : 0);
  }

  private long lengthWithoutParameters() {
    return along == null ? 2 * size : size;
  }

  /** Whether g is part of the state. */
  boolean hasParameters() {
    return withParameters;
  }

  /** a in a flat state; a view of the shape of y. */
  INDArray adjoint(INDArray z) {
    return slice(z, 0, size).reshape('c', shape);
  }

  /** y in a flat state that has one; a view of the shape of y. */
  INDArray solution(INDArray z) {
    return slice(z, size, 2 * size).reshape('c', shape);
  }

  /** g in a flat state that has one; a view. */
  INDArray parameters(INDArray z) {
    return slice(z, lengthWithoutParameters(), length());
  }

  /** a and, if it is there, y, one in each row; a view. */
  INDArray withoutParameters(INDArray z) {
    long length = lengthWithoutParameters();
    return slice(z, 0, length).reshape('c', length / size, size);
  }

  private static INDArray slice(INDArray z, long start, long end) {
    return z.get(NDArrayIndex.interval(start, end));
  }

  @Override
  public void evaluate(double t, INDArray z, INDArray out) {
    if (along == null) {
      evaluate(t, z, solution(z), out, solution(out));
    } else {
      INDArray y = pool.borrow(shape);
      INDArray slope = pool.borrow(shape);
      try {
        along.at(t, y);
        evaluate(t, z, y, out, slope);
      } finally {
        pool.giveBack(y);
        pool.giveBack(slope);
      }
    }
  }

  private void evaluate(double t, INDArray z, INDArray y, INDArray out, INDArray slope) {
    INDArray cotangent = pool.borrow(shape);
    cotangent.assign(adjoint(z)).negi();
    if (withParameters) {
      field.parameterGradient().assign(0.0);
    }
    try (KeptEvaluation kept = field.evaluateAndKeep(t, y, slope)) {
      kept.pullback(cotangent, withParameters ? 1.0 : 0.0, adjoint(out));
    } finally {
      pool.giveBack(cotangent);
    }
    if (withParameters) {
      parameters(out).assign(field.parameterGradient());
    }
  }

  @Override
  public KeptEvaluation evaluateAndKeep(double t, INDArray z, INDArray out) {
    throw new UnsupportedOperationException("The adjoint equations are not differentiated again.");
  }

  @Override
  public String locateNonFinite(double t, INDArray z) {
    return "the adjoint equations, which are solved backwards in time";
  }
}
