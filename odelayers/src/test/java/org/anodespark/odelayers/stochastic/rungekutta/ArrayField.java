/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.stochastic.rungekutta;

import org.anodespark.odelayers.dynamics.KeptEvaluation;
import org.anodespark.odelayers.dynamics.VectorField;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A field from a function on whole arrays; solved with, not differentiated. */
record ArrayField(Function function) implements VectorField {
  /** f for all paths at once; the result is a new array. */
  interface Function {
    INDArray at(double t, INDArray u);
  }

  @Override
  public void evaluate(double t, INDArray u, INDArray out) {
    out.assign(function.at(t, u));
  }

  @Override
  public KeptEvaluation evaluateAndKeep(double t, INDArray u, INDArray out) {
    throw new UnsupportedOperationException("These problems are solved, not differentiated.");
  }
}
