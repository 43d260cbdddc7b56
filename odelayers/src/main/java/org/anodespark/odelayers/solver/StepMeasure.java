/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import java.io.Serializable;
import java.util.List;

/**
 * How hard an accepted step was.
 *
 * @param length |h|
 * @param error E, the root mean square of the step's error estimate over all entries of the state,
 *     each divided by its {@link Tolerance}; 0 if it was not measured
 * @param stiffness S, an estimate of the largest eigenvalue of df/dy from two stages at the end of
 *     the step, in 1 / time; 0 if it was not measured or if the stages do not differ
 * @param integrals over the step, one for each {@link StageIntegrand} of the journal in their order
 */
public record StepMeasure(double length, double error, double stiffness, List<Double> integrals)
    implements Serializable {
  /** Keeps a copy of the list. */
  public StepMeasure {
    integrals = List.copyOf(integrals);
  }

  /** Of a journal that integrates nothing. */
  public StepMeasure(double length, double error, double stiffness) {
    this(length, error, stiffness, List.of());
  }
}
