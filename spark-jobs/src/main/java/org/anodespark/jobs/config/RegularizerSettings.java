/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

import org.anodespark.jobs.block.RegularizerChoices;
import org.anodespark.jobs.block.RegularizerSetup;

/**
 * Section {@code model.block.regularizers}; words are those of {@link RegularizerChoices}.
 *
 * @param errorEstimate coefficient
 * @param errorQuantity what of each step
 * @param errorOverSteps how it becomes one number
 * @param stiffnessEstimate coefficient
 * @param stiffnessOverSteps how it becomes one number
 * @param local coefficient
 * @param localQuantity what of the step
 * @param localSampling where the step begins
 * @param taylor coefficient
 * @param taylorOrder which derivative of the solution, at least 2
 * @param kineticEnergy coefficient
 * @param jacobianFrobenius coefficient
 * @param steerHalfWidth by how much the end time varies, at least 0; 0 is not at all
 */
public record RegularizerSettings(
    CoefficientSettings errorEstimate,
    String errorQuantity,
    String errorOverSteps,
    CoefficientSettings stiffnessEstimate,
    String stiffnessOverSteps,
    CoefficientSettings local,
    String localQuantity,
    String localSampling,
    CoefficientSettings taylor,
    int taylorOrder,
    CoefficientSettings kineticEnergy,
    CoefficientSettings jacobianFrobenius,
    double steerHalfWidth) {
  private static final String SECTION = "model.block.regularizers.";
  private static final String ERROR = SECTION + "error-estimate";
  private static final String STIFFNESS = SECTION + "stiffness-estimate";
  private static final String LOCAL = SECTION + "local";
  private static final String TAYLOR = SECTION + "taylor";

  static RegularizerSettings from(SettingReader reader) {
    return new RegularizerSettings(
        CoefficientSettings.from(reader, ERROR),
        reader.choice(ERROR + ".quantity", RegularizerChoices.ERROR_QUANTITIES.names()),
        reader.choice(ERROR + ".over-steps", RegularizerChoices.OVER_STEPS.names()),
        CoefficientSettings.from(reader, STIFFNESS),
        reader.choice(STIFFNESS + ".over-steps", RegularizerChoices.OVER_STEPS.names()),
        CoefficientSettings.from(reader, LOCAL),
        reader.choice(LOCAL + ".quantity", RegularizerChoices.LOCAL_QUANTITIES.names()),
        reader.choice(LOCAL + ".sampling", RegularizerChoices.SAMPLINGS.names()),
        CoefficientSettings.from(reader, TAYLOR),
        reader.wholeNumber(TAYLOR + ".order", 2),
        CoefficientSettings.from(reader, SECTION + "kinetic-energy"),
        CoefficientSettings.from(reader, SECTION + "jacobian-frobenius"),
        reader.number(SECTION + "steer.half-width", width -> width >= 0, "a number of at least 0"));
  }

  /** What the settings stand for. */
  public RegularizerSetup setup() {
    return RegularizerSetup.NONE
        .errorEstimate(
            errorEstimate.value(), errorEstimate.finalFactor(), errorQuantity, errorOverSteps)
        .stiffnessEstimate(
            stiffnessEstimate.value(), stiffnessEstimate.finalFactor(), stiffnessOverSteps)
        .local(local.value(), local.finalFactor(), localQuantity, localSampling)
        .taylor(taylor.value(), taylor.finalFactor(), taylorOrder)
        .kineticEnergy(kineticEnergy.value(), kineticEnergy.finalFactor())
        .jacobianFrobenius(jacobianFrobenius.value(), jacobianFrobenius.finalFactor())
        .steer(steerHalfWidth);
  }
}
