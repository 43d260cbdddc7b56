/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

import org.anodespark.jobs.block.AdjointStrategies;
import org.anodespark.jobs.block.BlockSetup;
import org.anodespark.jobs.block.StepMethods;

/**
 * Section {@code model.block}.
 *
 * @param solver one of {@link StepMethods}
 * @param steps equal steps, or 0 for adaptive ones
 * @param adaptive used if {@code steps} is 0
 * @param adjoint one of {@link AdjointStrategies}
 * @param snapshots at least 1; used by strategies with a given number of snapshots
 * @param regularizers what makes the blocks easier to solve
 * @param evolution of the weights of the fields' convolutions
 */
public record BlockSettings(
    String solver,
    int steps,
    AdaptiveSettings adaptive,
    String adjoint,
    int snapshots,
    RegularizerSettings regularizers,
    EvolutionSettings evolution) {
  static BlockSettings from(SettingReader reader) {
    BlockSettings block =
        new BlockSettings(
            reader.choice("model.block.solver", StepMethods.CHOICES.names()),
            reader.wholeNumber("model.block.steps", 0),
            AdaptiveSettings.from(reader),
            reader.choice("model.block.adjoint", AdjointStrategies.CHOICES.names()),
            reader.wholeNumber("model.block.snapshots", 1),
            RegularizerSettings.from(reader),
            EvolutionSettings.from(reader));
    block.setup(1).requireFitting(block.regularizers().setup());
    return block;
  }

  /**
   * What the settings stand for.
   *
   * @param iterations of the training, over which tolerances change, at least 1
   * @throws org.anodespark.jobs.failure.JobFailure with exit code 2 if solver, steps and adjoint do
   *     not work together
   */
  public BlockSetup setup(int iterations) {
    return steps > 0
        ? BlockSetup.equalSteps(solver, steps, adjoint, snapshots)
        : BlockSetup.adaptiveSteps(
            solver,
            adaptive.relativeTolerance(),
            adaptive.absoluteTolerance(),
            adaptive.firstFactor(),
            iterations,
            adaptive.norm(),
            adaptive.controller(),
            adaptive.maximumSteps(),
            adjoint,
            snapshots);
  }
}
