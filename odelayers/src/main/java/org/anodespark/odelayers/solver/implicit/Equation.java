/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.implicit;

import org.anodespark.odelayers.failure.OdeSolveException;
import org.nd4j.linalg.api.ndarray.INDArray;

/** r(x) = 0, with products of A = -dr/dx and vectors. */
interface Equation {
  /**
   * {@code x :=} a first guess, {@code out := r(x)}.
   *
   * @param x receives the guess
   * @param out receives its residual
   */
  void start(INDArray x, INDArray out);

  /**
   * {@code out := r(x)}; from now on {@link #product} is taken there.
   *
   * @param x left as it is
   * @param out not {@code x}
   */
  void residual(INDArray x, INDArray out);

  /**
   * {@code out := A direction}, at the latest point of {@link #residual}.
   *
   * @param direction left as it is
   * @param out not {@code direction}
   */
  void product(INDArray direction, INDArray out);

  /** Norm of what is given: corrections that are small beside it are small. */
  double scale();

  /** Sum of the norms of the terms of the latest residual, which carries their rounding. */
  double terms();

  /** What the equation is, for an error message. */
  String name();

  /** What is known when residual or product at {@code x} hold NaN or infinity. */
  OdeSolveException nonFinite(INDArray x);
}
