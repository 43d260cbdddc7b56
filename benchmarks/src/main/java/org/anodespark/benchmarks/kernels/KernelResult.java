/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.kernels;

import org.anodespark.benchmarks.problem.OperationCount;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.Statistics;

/**
 * One kernel on one shape.
 *
 * @param operation what was measured
 * @param kernel by which kernel
 * @param shape of the images
 * @param milliseconds median over the calls
 * @param lowerQuartile of the same
 * @param upperQuartile of the same
 * @param gigaflops billions of floating-point operations per second at the median; null for what is
 *     not a convolution, which does few operations on much memory
 */
record KernelResult(
    String operation,
    String kernel,
    String shape,
    double milliseconds,
    double lowerQuartile,
    double upperQuartile,
    Double gigaflops) {
  /** Taps of a convolution's window; a dense layer on each pixel has one. */
  private static final double WINDOW = 3 * 3;

  /** From what JMH sampled, in milliseconds. */
  static KernelResult of(RunResult run) {
    Statistics times = run.getPrimaryResult().getStatistics();
    String operation = run.getPrimaryResult().getLabel();
    String shape = run.getParams().getParam("shape");
    return new KernelResult(
        operation,
        run.getParams().getParam("kernel"),
        shape,
        times.getPercentile(50),
        times.getPercentile(25),
        times.getPercentile(75),
        gigaflops(operation, KernelShape.parse(shape), times.getPercentile(50)));
  }

  private static Double gigaflops(String operation, KernelShape shape, double milliseconds) {
    long forward = OperationCount.convolution(shape.channels(), shape.size(), shape.batch());
    return switch (operation) {
      case "convolutionForward" -> forward / milliseconds / 1e6;
      case "convolutionBackward" -> 2 * forward / milliseconds / 1e6;
      case "denseForward" -> forward / WINDOW / milliseconds / 1e6;
      case "denseBackward" -> 2 * forward / WINDOW / milliseconds / 1e6;
      default -> null;
    };
  }
}
