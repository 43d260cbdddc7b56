/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.evolution;

import java.util.List;
import org.anodespark.odelayers.layer.WeightEvolution;
import org.anodespark.odelayers.layer.WeightPath;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The linear evolution of ANODEV2, {@code dw/dt = tau laplacian(w) + upsilon . grad(w) + rho w},
 * over the kernel's own periodic grid: its weights spread, move and grow. Solved exactly by its
 * Green's function, {@code w(t) = F^-1 exp((-tau |k|^2 + i k . upsilon + rho) t) F w(0)}, a
 * Gaussian of variance 2 tau t that is shifted by -upsilon t and scaled by exp(rho t).
 *
 * <p>tau &gt;= 0, upsilon (along height and along width) and rho are learned for each channel that
 * the convolution puts out: 4 numbers, 0 at first. With all of them 0 the weights do not change, to
 * the last bit.
 *
 * <p>Reference: T. Zhang, Z. Yao, A. Gholami, K. Keutzer, J. Gonzalez, G. Biros, M. Mahoney,
 * "ANODEV2: A Coupled Neural ODE Framework", NeurIPS 2019.
 */
public final class ReactionDiffusionAdvection implements WeightEvolution {
  private static final long serialVersionUID = 1L;

  @Override
  public List<Coefficient> coefficients() {
    return Coefficients.ALL;
  }

  @Override
  public WeightPath path(INDArray weights, INDArray coefficients) {
    return new Path(KernelArray.of(weights), Coefficients.of(coefficients));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ReactionDiffusionAdvection;
  }

  @Override
  public int hashCode() {
    return ReactionDiffusionAdvection.class.hashCode();
  }

  @Override
  public String toString() {
    return "ReactionDiffusionAdvection";
  }

  private static final class Path implements WeightPath {
    private final KernelArray initial;
    private final Coefficients coefficients;
    private final Derivatives derivatives;

    Path(KernelArray initial, Coefficients coefficients) {
      this.initial = initial;
      this.coefficients = coefficients;
      derivatives = new Derivatives(initial.height, initial.width);
    }

    @Override
    public void at(double time, INDArray out) {
      evolved(time).copyTo(out);
    }

    private KernelArray evolved(double time) {
      KernelArray weights = initial.like();
      for (int channel = 0; channel < initial.outputs; channel++) {
        initial.addProduct(
            channel, rows(channel, time), columns(channel, time), growth(channel, time), weights);
      }
      return weights;
    }

    private Circulant rows(int channel, double time) {
      return Circulant.exponential(
          initial.height, coefficients.diffusion[channel], coefficients.alongHeight[channel], time);
    }

    private Circulant columns(int channel, double time) {
      return Circulant.exponential(
          initial.width, coefficients.diffusion[channel], coefficients.alongWidth[channel], time);
    }

    private double growth(int channel, double time) {
      return Math.exp(coefficients.reaction[channel] * time);
    }

    /** The derivative of w(t) by a coefficient is t times the operator that it multiplies. */
    @Override
    public void pullback(
        double time, INDArray gradient, INDArray ofWeights, INDArray ofCoefficients) {
      KernelArray given = KernelArray.of(gradient);
      KernelArray result = initial.like();
      for (int channel = 0; channel < initial.outputs; channel++) {
        given.addProduct(
            channel,
            rows(channel, time).transposed(),
            columns(channel, time).transposed(),
            growth(channel, time),
            result);
      }
      result.copyTo(ofWeights);
      ofCoefficients.assign(derivatives.slopes(given, evolved(time), time).toArray());
    }
  }
}
