/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel;

import java.util.Arrays;

/** Functions that are applied to each number by itself. */
public enum Nonlinearity {
  /** y = x. */
  IDENTITY(true),
  /** y = max(x, 0). */
  RELU(true),
  /** y = tanh(x). */
  TANH(true),
  /** y = 1 / (1 + exp(-x)). */
  SIGMOID(true),
  /** y = log(1 + exp(x)). */
  SOFTPLUS(false),
  /** y = x (1 + erf(x / sqrt(2))) / 2, the Gaussian error linear unit without approximation. */
  GELU(false),
  /** y = x^3. */
  CUBE(false);

  private final boolean derivativeFromOutput;

  Nonlinearity(boolean derivativeFromOutput) {
    this.derivativeFromOutput = derivativeFromOutput;
  }

  /**
   * Whether kernels take the derivative from the function's result. Only such a function can follow
   * a {@link LinearKernel} in the same pass, because its argument is nowhere kept.
   */
  public boolean derivativeFromOutput() {
    return derivativeFromOutput;
  }

  /** The functions that can follow a {@link LinearKernel} in the same pass. */
  public static Nonlinearity[] followers() {
    return Arrays.stream(values())
        .filter(Nonlinearity::derivativeFromOutput)
        .toArray(Nonlinearity[]::new);
  }

  /**
   * This function, if it can follow a {@link LinearKernel}.
   *
   * @throws IllegalArgumentException if it cannot
   */
  public Nonlinearity asFollower() {
    if (!derivativeFromOutput) {
      throw new IllegalArgumentException(
          this
              + " cannot be computed in the pass of a linear kernel, because its derivative is not"
              + " taken from its result; expected one of "
              + Arrays.toString(followers())
              + ". Give it a kernel of its own.");
    }
    return this;
  }
}
