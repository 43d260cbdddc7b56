/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.DenseStep;
import org.anodespark.odelayers.solver.DenseStepMethod;
import org.anodespark.odelayers.solver.SolverState;
import org.anodespark.odelayers.solver.Step;
import org.anodespark.odelayers.solver.StepTape;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What strategies see of an implicit method with dense output before a solve. */
final class MethodOfUnknownWork implements DenseStepMethod {
  private static final long serialVersionUID = 1L;

  @Override
  public boolean fixedWork() {
    return false;
  }

  @Override
  public int order() {
    return 2;
  }

  @Override
  public int stages() {
    return 1;
  }

  @Override
  public int denseOrder() {
    return 2;
  }

  @Override
  public int denseArrays() {
    return 1;
  }

  @Override
  public int tapeArguments() {
    return 1;
  }

  @Override
  public int tapeResults() {
    return 1;
  }

  @Override
  public void advance(
      VectorField field,
      Step step,
      SolverState from,
      SolverState to,
      INDArray error,
      ArrayPool pool) {
    throw new UnsupportedOperationException();
  }

  @Override
  public StepTape record(
      VectorField field,
      Step step,
      SolverState from,
      SolverState to,
      INDArray error,
      ArrayPool pool) {
    throw new UnsupportedOperationException();
  }

  @Override
  public DenseStep advanceDensely(
      VectorField field,
      Step step,
      SolverState from,
      SolverState to,
      INDArray error,
      ArrayPool pool) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String toString() {
    return "MethodOfUnknownWork";
  }
}
