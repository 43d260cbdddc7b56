/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.regularization;

import java.util.Objects;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** A regulariser that adds something to the loss: a coefficient times its value. */
public abstract class WeightedRegularizer implements Regularizer {
  private static final long serialVersionUID = 1L;

  private final ISchedule coefficient;

  /**
   * @param coefficient not negative at any iteration
   */
  protected WeightedRegularizer(ISchedule coefficient) {
    this.coefficient = Objects.requireNonNull(coefficient, "coefficient");
  }

  /**
   * The schedule of a coefficient that stays the same.
   *
   * @param coefficient finite, not negative
   * @throws IllegalArgumentException if it is not
   */
  protected static ISchedule constant(double coefficient) {
    if (!(coefficient >= 0 && Double.isFinite(coefficient))) {
      throw new IllegalArgumentException(
          "coefficient = " + coefficient + ", expected a finite number >= 0.");
    }
    return new FixedSchedule(coefficient);
  }

  /** The coefficient over the training. */
  @JsonProperty("coefficient")
  public final ISchedule coefficient() {
    return coefficient;
  }
}
