/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

import org.anodespark.jobs.block.ErrorNorms;
import org.anodespark.jobs.block.StepControllers;

/**
 * Section {@code model.block.adaptive}.
 *
 * @param relativeTolerance at least 0
 * @param absoluteTolerance above 0
 * @param firstFactor above 0: of both tolerances at the first iteration; 1 at the last one
 * @param norm one of {@link ErrorNorms}
 * @param controller one of {@link StepControllers}
 * @param maximumSteps most trial steps of one solve, at least 1
 */
public record AdaptiveSettings(
    double relativeTolerance,
    double absoluteTolerance,
    double firstFactor,
    String norm,
    String controller,
    int maximumSteps) {
  static AdaptiveSettings from(SettingReader reader) {
    return new AdaptiveSettings(
        reader.number(
            "model.block.adaptive.relative-tolerance",
            tolerance -> tolerance >= 0,
            "a number of at least 0"),
        reader.number(
            "model.block.adaptive.absolute-tolerance",
            tolerance -> tolerance > 0,
            "a number above 0"),
        reader.number(
            "model.block.adaptive.first-factor", factor -> factor > 0, "a number above 0"),
        reader.choice("model.block.adaptive.norm", ErrorNorms.CHOICES.names()),
        reader.choice("model.block.adaptive.controller", StepControllers.CHOICES.names()),
        reader.wholeNumber("model.block.adaptive.maximum-steps", 1));
  }
}
