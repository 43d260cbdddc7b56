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
  private final StateAlongTheWay forward;
  private final boolean withParameters;
  private final ArrayPool pool;
  private final long size;

  /**
   * @param field f
   * @param like gives the shape of y
   * @param forward where y comes from; null if it is part of the state
   * @param withParameters whether g is part of the state
   */
  AdjointSystem(
      VectorField field,
      INDArray like,
      StateAlongTheWay forward,
      boolean withParameters,
      ArrayPool pool) {
    this.field = field;
    this.shape = like.shape();
    this.size = like.length();
    this.forward = forward;
    this.withParameters = withParameters && field.parameterGradient() != null;
    this.pool = pool;
  }

  /** Entries of the state. */
  long length() {
    return sizeWithoutParameters() + (withParameters ? field.parameterGradient().length() : 0);
  }

  private long sizeWithoutParameters() {
    return forward == null ? 2 * size : size;
  }

  /** a in a flat state; a view of the shape of y. */
  INDArray adjoint(INDArray z) {
    return slice(z, 0, size).reshape('c', shape);
  }

  /** y in a flat state that has one; a view of the shape of y. */
  INDArray solution(INDArray z) {
    return slice(z, size, 2 * size).reshape('c', shape);
  }

  /** g in a flat state that has one. */
  INDArray parameters(INDArray z) {
    return slice(z, sizeWithoutParameters(), length());
  }

  /** a and y, one in each row. */
  INDArray withoutParameters(INDArray z) {
    return slice(z, 0, sizeWithoutParameters()).reshape('c', sizeWithoutParameters() / size, size);
  }

  boolean hasParameters() {
    return withParameters;
  }

  private static INDArray slice(INDArray z, long start, long end) {
    return z.get(NDArrayIndex.interval(start, end));
  }

  @Override
  public void evaluate(double t, INDArray z, INDArray out) {
    INDArray y = forward == null ? solution(z) : pool.borrow(shape);
    INDArray slope = forward == null ? solution(out) : pool.borrow(shape);
    if (forward != null) {
      forward.at(t, y);
    }
    INDArray cotangent = pool.borrow(shape);
    cotangent.assign(adjoint(z));
    if (withParameters) {
      field.parameterGradient().assign(0.0);
    }
    try (KeptEvaluation kept = field.evaluateAndKeep(t, y, slope)) {
      kept.pullback(cotangent, withParameters ? 1.0 : 0.0, adjoint(out));
    }
    adjoint(out).negi();
    if (withParameters) {
      parameters(out).assign(field.parameterGradient()).negi();
    }
    pool.giveBack(cotangent);
    if (forward != null) {
      pool.giveBack(y);
      pool.giveBack(slope);
    }
  }

  @Override
  public KeptEvaluation evaluateAndKeep(double t, INDArray z, INDArray out) {
    throw new UnsupportedOperationException("The adjoint equations are not differentiated again.");
  }
}
