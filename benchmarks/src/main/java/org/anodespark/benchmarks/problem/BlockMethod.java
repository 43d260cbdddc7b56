/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.problem;

import com.fasterxml.jackson.annotation.JsonValue;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.rungekutta.ClassicRungeKutta;
import org.anodespark.odelayers.solver.rungekutta.Euler;

/** The methods that everybody has. */
public enum BlockMethod {
  /** Forward Euler. */
  EULER("euler"),
  /** The classical Runge-Kutta method. */
  RK4("rk4");

  private final String text;

  BlockMethod(String text) {
    this.text = text;
  }

  /** The method as odelayers has it. */
  public StepMethod method() {
    return switch (this) {
      case EULER -> new Euler();
      case RK4 -> new ClassicRungeKutta();
    };
  }

  /** For command lines, tables and JSON. */
  @JsonValue
  @Override
  public String toString() {
    return text;
  }
}
