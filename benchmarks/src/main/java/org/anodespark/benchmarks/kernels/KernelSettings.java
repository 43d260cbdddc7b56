/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.kernels;

import java.util.List;
import org.anodespark.examples.program.Require;

/**
 * What is measured.
 *
 * @param shapes the images as CHANNELSxSIZExBATCH, at least one
 * @param warmUp iterations of JMH before the measured ones, not negative
 * @param iterations measured iterations, at least 1
 * @param milliseconds length of an iteration, at least 1
 * @param processes one after the other in which a kernel is measured; 0 measures all kernels in the
 *     process that asks, where what one has compiled changes the next
 * @param threads that the environment gives to OpenMP; for the report
 */
public record KernelSettings(
    List<String> shapes, int warmUp, int iterations, int milliseconds, int processes, int threads) {
  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of its range, naming it
   */
  public KernelSettings {
    shapes = List.copyOf(shapes);
    shapes.forEach(KernelShape::parse);
    Require.atLeast(1, shapes.size(), "number of shapes");
    Require.atLeast(0, warmUp, "warm-up");
    Require.atLeast(1, iterations, "iterations");
    Require.atLeast(1, milliseconds, "milliseconds");
    Require.atLeast(0, processes, "processes");
  }
}
