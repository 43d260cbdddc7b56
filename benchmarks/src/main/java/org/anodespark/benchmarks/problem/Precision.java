/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.problem;

import com.fasterxml.jackson.annotation.JsonValue;

/** In which numbers a block computes. */
public enum Precision {
  /** IEEE 754 single precision throughout. */
  FLOAT32("float32");

  private final String text;

  Precision(String text) {
    this.text = text;
  }

  /** For tables and JSON. */
  @JsonValue
  @Override
  public String toString() {
    return text;
  }
}
