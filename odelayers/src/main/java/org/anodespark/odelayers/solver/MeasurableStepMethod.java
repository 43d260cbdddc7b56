/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

/** A method whose steps can be measured, with measures that can be differentiated. */
public interface MeasurableStepMethod extends StepMethod {
  /**
   * Whether two stages lie at the end of a step, whose slopes and arguments tell of the stiffness
   * there. The error can be measured if there is an {@linkplain #embeddedOrder embedded order}.
   */
  boolean estimatesStiffness();

  /**
   * The largest r for which the method is stable on y' = -r y with steps of length 1, as on those
   * with any smaller r.
   */
  double stabilityRadius();

  /**
   * The same method, with the same bits, which notes its steps as long as the journal is open, and
   * whose tapes add to the gradient what comes from the journal's cotangents. Each tape holds one
   * array more for the error and one for the stiffness; there is not one pullback more.
   *
   * @param journal that of one solve
   */
  StepMethod measuredIn(StepJournal journal);
}
