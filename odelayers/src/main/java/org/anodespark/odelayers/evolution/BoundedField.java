/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.evolution;

import org.anodespark.odelayers.dynamics.KeptEvaluation;
import org.anodespark.odelayers.dynamics.VectorField;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@code q(w) = tanh(tau laplacian(w) + upsilon . grad(w) + rho w)} of kernels. */
final class BoundedField implements VectorField {
  private final Coefficients coefficients;
  private final INDArray gradient;

  BoundedField(INDArray coefficients) {
    this.coefficients = Coefficients.of(coefficients);
    gradient = coefficients.ulike().assign(0.0);
  }

  @Override
  public void evaluate(double t, INDArray y, INDArray out) {
    KernelArray weights = KernelArray.of(y);
    Derivatives derivatives = new Derivatives(weights.height, weights.width);
    KernelArray slope = weights.like();
    for (int channel = 0; channel < weights.outputs; channel++) {
      derivatives.addLaplacian(weights, channel, coefficients.diffusion[channel], slope);
      derivatives.addAlongHeight(weights, channel, coefficients.alongHeight[channel], slope);
      derivatives.addAlongWidth(weights, channel, coefficients.alongWidth[channel], slope);
      weights.add(channel, coefficients.reaction[channel], slope);
    }
    for (int i = 0; i < slope.values.length; i++) {
      slope.values[i] = Math.tanh(slope.values[i]);
    }
    slope.copyTo(out);
  }

  @Override
  public KeptEvaluation evaluateAndKeep(double t, INDArray y, INDArray out) {
    evaluate(t, y, out);
    return new Kept(y, out);
  }

  /** Rows as those of the coefficients. */
  @Override
  public INDArray parameterGradient() {
    return gradient;
  }

  private final class Kept implements KeptEvaluation {
    private final INDArray state;
    private final INDArray result;

    Kept(INDArray state, INDArray result) {
      this.state = state;
      this.result = result;
    }

    /** First derivatives are antisymmetric, second ones symmetric. */
    @Override
    public void pullback(INDArray cotangent, double parameterScale, INDArray out) {
      KernelArray weights = KernelArray.of(state);
      KernelArray tanh = KernelArray.of(result);
      KernelArray given = KernelArray.of(cotangent);
      for (int i = 0; i < given.values.length; i++) {
        given.values[i] *= 1 - tanh.values[i] * tanh.values[i];
      }
      Derivatives derivatives = new Derivatives(weights.height, weights.width);
      KernelArray back = weights.like();
      for (int channel = 0; channel < weights.outputs; channel++) {
        derivatives.addLaplacian(given, channel, coefficients.diffusion[channel], back);
        derivatives.addAlongHeight(given, channel, -coefficients.alongHeight[channel], back);
        derivatives.addAlongWidth(given, channel, -coefficients.alongWidth[channel], back);
        given.add(channel, coefficients.reaction[channel], back);
      }
      back.copyTo(out);
      gradient.addi(
          derivatives.slopes(given, weights, parameterScale).toArray().castTo(gradient.dataType()));
    }

    @Override
    public boolean readsResult() {
      return true;
    }

    @Override
    public long keptBytes() {
      return 0;
    }

    @Override
    public void close() {
      // both arrays belong to the solver
    }
  }
}
