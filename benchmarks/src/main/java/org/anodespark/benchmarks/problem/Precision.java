/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.problem;

import com.fasterxml.jackson.annotation.JsonValue;

/** In which numbers a block computes. */
public enum Precision {
  /** IEEE 754 single precision throughout. */
  FLOAT32("float32", 1e-3),
  /** Images and products in bfloat16; parameters, gradients and sums in single precision. */
  BFLOAT16("bf16", 5e-2);

  private final String text;
  private final double tolerance;

  Precision(String text, double tolerance) {
    this.text = text;
    this.tolerance = tolerance;
  }

  /** What layers of this precision are built with. */
  public org.anodespark.odelayers.kernel.Precision ofLayers() {
    return this == FLOAT32
        ? org.anodespark.odelayers.kernel.Precision.NETWORK
        : org.anodespark.odelayers.kernel.Precision.BFLOAT16;
  }

  /** Relative difference by which two computations of the same may differ. */
  public double tolerance() {
    return tolerance;
  }

  /** For tables and JSON. */
  @JsonValue
  @Override
  public String toString() {
    return text;
  }
}
