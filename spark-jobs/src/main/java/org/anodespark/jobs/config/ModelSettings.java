/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

import java.util.List;

/**
 * Section {@code model}.
 *
 * @param widths channels of the three stages, each at least 1
 * @param solver {@code euler}, {@code midpoint} or {@code rk4}
 * @param steps at least 1
 * @param adjoint {@code anode} or {@code full}
 * @param batchNormDecay in (0, 1)
 */
public record ModelSettings(
    List<Integer> widths, String solver, int steps, String adjoint, double batchNormDecay) {
  private static final int STAGES = 3;

  public ModelSettings {
    widths = List.copyOf(widths);
  }

  static ModelSettings from(SettingReader reader) {
    return new ModelSettings(
        reader.wholeNumbers("model.widths", STAGES, 1),
        reader.choice("model.block.solver", "euler", "midpoint", "rk4"),
        reader.wholeNumber("model.block.steps", 1),
        reader.choice("model.block.adjoint", "anode", "full"),
        reader.number(
            "model.batch-norm-decay",
            decay -> decay > 0 && decay < 1,
            "a number between 0 and 1, both excluded"));
  }
}
