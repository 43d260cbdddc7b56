/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.block;

import org.anodespark.odelayers.solver.control.ErrorNorm;

/** What {@code model.block.adaptive.norm} may be. */
public final class ErrorNorms {
  /** The norm of each name. */
  public static final Choices<ErrorNorm> CHOICES =
      Choices.<ErrorNorm>none()
          .and("batch", ErrorNorm.BATCH_RMS)
          .and("worst", ErrorNorm.WORST_SAMPLE);

  private ErrorNorms() {}
}
