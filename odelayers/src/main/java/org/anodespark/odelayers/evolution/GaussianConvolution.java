/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.evolution;

import java.util.List;
import org.anodespark.odelayers.layer.WeightEvolution;
import org.anodespark.odelayers.layer.WeightPath;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * {@link ReactionDiffusionAdvection} by diffusion alone: w(t) is w(0) convolved with a Gaussian of
 * variance 2 tau t, on the periodic grid of the kernel. tau &gt;= 0 is learned for each channel
 * that the convolution puts out, and is 0 at first.
 */
public final class GaussianConvolution implements WeightEvolution {
  private static final long serialVersionUID = 1L;

  @Override
  public List<Coefficient> coefficients() {
    return Coefficients.ALL.subList(0, 1);
  }

  @Override
  public WeightPath path(INDArray weights, INDArray coefficients) {
    INDArray all = Nd4j.zeros(coefficients.dataType(), Coefficients.ALL.size(), weights.size(0));
    all.getRow(0).assign(coefficients.getRow(0));
    WeightPath path = new ReactionDiffusionAdvection().path(weights, all);
    return new WeightPath() {
      @Override
      public void at(double time, INDArray out) {
        path.at(time, out);
      }

      @Override
      public void pullback(
          double time, INDArray gradient, INDArray ofWeights, INDArray ofCoefficients) {
        INDArray ofAll = all.ulike();
        path.pullback(time, gradient, ofWeights, ofAll);
        ofCoefficients.assign(ofAll.get(NDArrayIndex.interval(0, 1), NDArrayIndex.all()));
      }
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GaussianConvolution;
  }

  @Override
  public int hashCode() {
    return GaussianConvolution.class.hashCode();
  }

  @Override
  public String toString() {
    return "GaussianConvolution";
  }
}
