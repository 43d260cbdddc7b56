/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel;

/** Functions that are applied to each number by itself. */
public enum Nonlinearity {
  /** y = x. */
  IDENTITY,
  /** y = max(x, 0). */
  RELU,
  /** y = tanh(x). */
  TANH;
}
