/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.costs;

import java.util.List;
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
    require(channels, 1, "channels");
    require(size, 1, "size");
    require(batch, 1, "batch");
    require(methods.size(), 1, "number of methods");
    require(steps.size(), 1, "number of step counts");
    steps.forEach(each -> require(each, 1, "steps"));
    require(warmUp, 0, "warm-up");
    require(repetitions, 1, "repetitions");
    methods = List.copyOf(methods);
    steps = List.copyOf(steps);
  }

  private static void require(int value, int least, String name) {
    if (value < least) {
      throw new IllegalArgumentException(
          name + " = " + value + ", expected at least " + least + ".");
    }
  }
}
