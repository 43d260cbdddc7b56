/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

import java.util.List;
import org.anodespark.jobs.block.Precisions;

/**
 * Section {@code model}.
 *
 * @param widths channels of the three stages, each at least 1
 * @param blocksPerStage ODE blocks in each stage, at least 1
 * @param block how the ODE blocks are solved and differentiated
 * @param batchNormDecay in (0, 1)
 * @param precision one of {@link Precisions}: in which type images are kept and convolved
 */
public record ModelSettings(
    List<Integer> widths,
    int blocksPerStage,
    BlockSettings block,
    double batchNormDecay,
    String precision) {
  private static final int STAGES = 3;

  public ModelSettings {
    widths = List.copyOf(widths);
  }

  static ModelSettings from(SettingReader reader) {
    return new ModelSettings(
        reader.wholeNumbers("model.widths", STAGES, 1),
        reader.wholeNumber("model.blocks-per-stage", 1),
        BlockSettings.from(reader),
        reader.number(
            "model.batch-norm-decay",
            decay -> decay > 0 && decay < 1,
            "a number between 0 and 1, both excluded"),
        reader.choice("model.precision", Precisions.CHOICES.names()));
  }
}
