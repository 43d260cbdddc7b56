/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.block;

import org.anodespark.odelayers.regularization.ErrorEstimate;
import org.anodespark.odelayers.regularization.LocalRegularization;
import org.anodespark.odelayers.regularization.OverSteps;

/** What words in {@code model.block.regularizers} may be. */
public final class RegularizerChoices {
  /** {@code error-estimate.quantity}. */
  public static final Choices<ErrorEstimate.Quantity> ERROR_QUANTITIES =
      Choices.<ErrorEstimate.Quantity>none()
          .and("error-times-length", ErrorEstimate.Quantity.ERROR_TIMES_LENGTH)
          .and("squared-error", ErrorEstimate.Quantity.SQUARED_ERROR);

  /** {@code over-steps} of {@code error-estimate} and {@code stiffness-estimate}. */
  public static final Choices<OverSteps> OVER_STEPS =
      Choices.<OverSteps>none()
          .and("mean", OverSteps.MEAN)
          .and("sum", OverSteps.SUM)
          .and("maximum", OverSteps.MAXIMUM);

  /** {@code local.quantity}. */
  public static final Choices<LocalRegularization.Quantity> LOCAL_QUANTITIES =
      Choices.<LocalRegularization.Quantity>none()
          .and("error-times-length", LocalRegularization.Quantity.ERROR_TIMES_LENGTH)
          .and("stiffness", LocalRegularization.Quantity.STIFFNESS);

  /** {@code local.sampling}. */
  public static final Choices<LocalRegularization.Sampling> SAMPLINGS =
      Choices.<LocalRegularization.Sampling>none()
          .and("unbiased", LocalRegularization.Sampling.UNBIASED)
          .and("biased", LocalRegularization.Sampling.BIASED);

  private RegularizerChoices() {}
}
