/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.stochastic.measure;

/**
 * What is known of one accepted step.
 *
 * @param length h, positive
 * @param error E, the root mean square of the error estimate over its scale; a control with the
 *     same tolerances accepts a step if it is at most 1
 * @param stiffness S, an estimate of the largest rate of f, in units of 1 / t; 0 where the two
 *     stages that it compares coincide
 */
public record StepMeasure(double length, double error, double stiffness) {}
