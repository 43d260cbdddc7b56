/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import java.io.Serializable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is measured of the steps of one forward solve, and what the backward pass has to know of it.
 * In turn: each step is noted, also those that are rejected; the journal is closed; the derivatives
 * of a loss with respect to the measures are set; the tapes of the steps read them.
 *
 * <p>A step is known by its start: a trial takes the place of the rejected one before it, and a
 * step that is taken again finds what belongs to it, also where a solve has several output times.
 */
public final class StepJournal implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Tolerance tolerance;
  private final boolean stiffness;
  private final LinkedHashMap<Double, StepMeasure> measures = new LinkedHashMap<>();
  private final HashMap<Double, StepCotangent> cotangents = new HashMap<>();
  private final boolean slopes;
  private final transient StateSample sample;
  private final transient List<StageIntegrand> integrands;
  private final double[] integralWeights;
  private boolean closed;

  /**
   * @param tolerance that errors are compared with; null if errors are not measured
   * @param stiffness whether stiffness is measured
   * @param slopes whether tapes keep the slopes of all stages, for integrands that read them
   * @param integrands are integrated over each step
   * @param sample is offered every trial of a method with dense output; null for none
   */
  public StepJournal(
      Tolerance tolerance,
      boolean stiffness,
      boolean slopes,
      List<StageIntegrand> integrands,
      StateSample sample) {
    this.tolerance = tolerance;
    this.stiffness = stiffness;
    this.slopes = slopes;
    this.integrands = List.copyOf(integrands);
    this.integralWeights = new double[integrands.size()];
    this.sample = sample;
  }

  /** As the other one, without integrands. */
  public StepJournal(Tolerance tolerance, boolean stiffness, StateSample sample) {
    this(tolerance, stiffness, false, List.of(), sample);
  }

  /** As the other ones, without a sample. */
  public StepJournal(Tolerance tolerance, boolean stiffness) {
    this(tolerance, stiffness, null);
  }

  /** That errors are compared with; empty if errors are not measured. */
  public Optional<Tolerance> tolerance() {
    return Optional.ofNullable(tolerance);
  }

  /** Whether errors are measured. */
  public boolean measuresError() {
    return tolerance != null;
  }

  /** Whether stiffness is measured. */
  public boolean measuresStiffness() {
    return stiffness;
  }

  /** Whether tapes keep the slopes of all stages. */
  public boolean keepsSlopes() {
    return slopes;
  }

  /** What is integrated over each step. */
  public List<StageIntegrand> integrands() {
    return integrands;
  }

  /** Whether steps are to be noted. */
  public boolean isOpen() {
    return !closed;
  }

  /** Who is offered the solution over each trial. */
  public Optional<StateSample> sample() {
    return Optional.ofNullable(sample);
  }

  /** Notes a trial. */
  public void note(Step step, StepMeasure measure) {
    measures.put(step.start(), measure);
  }

  /**
   * Ends the forward solve.
   *
   * @return the measures of the accepted steps in their order
   */
  public List<StepMeasure> close() {
    closed = true;
    return List.copyOf(measures.values());
  }

  /**
   * Sets the derivatives of a loss.
   *
   * @param ofSteps one for each of the steps that {@link #close} gave
   */
  public void setCotangents(List<StepCotangent> ofSteps) {
    int index = 0;
    for (Map.Entry<Double, StepMeasure> noted : measures.entrySet()) {
      cotangents.put(noted.getKey(), ofSteps.get(index++));
    }
  }

  /**
   * Sets the derivatives of a loss with respect to the integrals over the whole solve.
   *
   * @param weights one for each integrand
   */
  public void setIntegralWeights(double... weights) {
    System.arraycopy(weights, 0, integralWeights, 0, integralWeights.length);
  }

  /**
   * The derivative of the loss with respect to the integral of an integrand; 0 before it is set.
   */
  public double integralWeight(int integrand) {
    return integralWeights[integrand];
  }

  /** The derivative of the loss with respect to the measure of a step. */
  public StepCotangent cotangent(Step step) {
    return cotangents.getOrDefault(step.start(), StepCotangent.ZERO);
  }
}
