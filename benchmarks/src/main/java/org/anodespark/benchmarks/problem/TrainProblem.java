/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.problem;

import java.util.List;
import org.anodespark.examples.program.Require;

/**
 * A network to train on images of 32 x 32 pixels: {@code ResidualOdeNetwork} without weight decay.
 *
 * @param widths channels of the stages, each at least 1; at least one stage
 * @param steps Euler steps of each block, at least 1
 * @param batch images in a minibatch, at least 2
 * @param iterations minibatches that are trained in one run, at least 1
 */
public record TrainProblem(List<Integer> widths, int steps, int batch, int iterations) {
  /** Rows and columns of an image. */
  public static final int SIZE = 32;

  /** Colours of an image. */
  public static final int COLOURS = 3;

  /** Kinds of images. */
  public static final int CLASSES = 10;

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if one is out of its range, naming it
   */
  public TrainProblem {
    widths = List.copyOf(widths);
    Require.atLeast(1, widths.size(), "number of widths");
    widths.forEach(width -> Require.atLeast(1, width, "width"));
    Require.atLeast(1, steps, "steps");
    Require.atLeast(2, batch, "batch");
    Require.atLeast(1, iterations, "iterations");
  }
}
