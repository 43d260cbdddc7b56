/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.block;

import org.anodespark.odelayers.network.FieldNormalization;

/** What {@code model.normalization} may be. */
public final class FieldNormalizations {
  /** A batch norm for each of a number of equal steps. */
  public static final String PER_STEP = "batch-per-step";

  /** What each name stands for. */
  public static final Choices<FieldNormalization> CHOICES =
      Choices.<FieldNormalization>none()
          .and("none", FieldNormalization.NONE)
          .and("batch", FieldNormalization.BATCH)
          .and(PER_STEP, FieldNormalization.BATCH_PER_STEP)
          .and("group", FieldNormalization.GROUP);

  private FieldNormalizations() {}

  /**
   * The normalisation of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static FieldNormalization of(String name) {
    return CHOICES.get(name);
  }
}
