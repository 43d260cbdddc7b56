/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.costs;

import java.util.List;
import org.anodespark.examples.program.Require;
import org.anodespark.odelayers.solver.StepMethod;

/**
 * What is measured.
 *
 * @param channels channels of the block's images, at least 1
 * @param size rows and columns of the images, at least 1
 * @param batch images at once, at least 1
 * @param methods the methods
 * @param steps the numbers of steps, each at least 1
 * @param warmUp unmeasured rounds before the measured ones, not negative
 * @param repetitions measured rounds, at least 1
 */
public record CostSettings(
    int channels,
    int size,
    int batch,
    List<StepMethod> methods,
    List<Integer> steps,
    int warmUp,
    int repetitions) {
  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of its range, naming it
   */
  public CostSettings {
    Require.atLeast(1, channels, "channels");
    Require.atLeast(1, size, "size");
    Require.atLeast(1, batch, "batch");
    Require.atLeast(1, methods.size(), "number of methods");
    Require.atLeast(1, steps.size(), "number of step counts");
    steps.forEach(each -> Require.atLeast(1, each, "steps"));
    Require.atLeast(0, warmUp, "warm-up");
    Require.atLeast(1, repetitions, "repetitions");
    methods = List.copyOf(methods);
    steps = List.copyOf(steps);
  }
}
