/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.experiment.series;

import org.anodespark.odelayers.dynamics.KeptEvaluation;
import org.anodespark.odelayers.dynamics.VectorField;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A field in the plane by a formula, which nobody differentiates; states are {@code [N, 2]} in
 * double precision.
 *
 * @param formula the two components at a point; the point of example n has the place {@code 2 n}
 */
public record FormulaField(Formula formula) implements VectorField {
  /** Two components at a point. */
  @FunctionalInterface
  public interface Formula {
    /**
     * Writes both components to {@code out} from {@code place} on, at the point that {@code u}
     * holds there.
     */
    void write(double[] u, double[] out, int place);
  }

  @Override
  public void evaluate(double t, INDArray y, INDArray out) {
    double[] u = y.reshape(y.length()).toDoubleVector();
    double[] values = new double[u.length];
    for (int place = 0; place < u.length; place += 2) {
      formula.write(u, values, place);
    }
    out.data().setData(values);
  }

  @Override
  public KeptEvaluation evaluateAndKeep(double t, INDArray y, INDArray out) {
    throw new UnsupportedOperationException("Data are not differentiated.");
  }
}
