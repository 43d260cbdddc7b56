/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.evolution;

import java.util.List;
import org.anodespark.odelayers.layer.WeightEvolution.Coefficient;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The coefficients of reaction, diffusion and advection, each for every channel put out. */
final class Coefficients {
  /** tau, not negative; upsilon along height and width; rho. All 0 at first: nothing evolves. */
  static final List<Coefficient> ALL =
      List.of(
          new Coefficient("diffusion", 0, 0),
          new Coefficient("advectionAlongHeight", 0, Double.NEGATIVE_INFINITY),
          new Coefficient("advectionAlongWidth", 0, Double.NEGATIVE_INFINITY),
          new Coefficient("reaction", 0, Double.NEGATIVE_INFINITY));

  final double[] diffusion;
  final double[] alongHeight;
  final double[] alongWidth;
  final double[] reaction;

  private Coefficients(double[][] rows) {
    diffusion = rows[0];
    alongHeight = rows[1];
    alongWidth = rows[2];
    reaction = rows[3];
  }

  static Coefficients of(INDArray rows) {
    return new Coefficients(rows.castTo(DataType.DOUBLE).toDoubleMatrix());
  }

  /** Zeros, for a gradient. */
  static Coefficients zeros(long channels) {
    return new Coefficients(new double[ALL.size()][(int) channels]);
  }

  INDArray toArray() {
    return Nd4j.createFromArray(new double[][] {diffusion, alongHeight, alongWidth, reaction});
  }
}
