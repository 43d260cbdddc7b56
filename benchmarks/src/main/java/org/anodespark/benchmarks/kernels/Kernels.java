/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.kernels;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.anodespark.odelayers.kernel.BatchNormKernel;
import org.anodespark.odelayers.kernel.ConvolutionGeometry;
import org.anodespark.odelayers.kernel.ConvolutionKernel;

/** The kernels that are measured, by name; another one is another line. */
final class Kernels {
  private static final double EPSILON = 1e-5;

  /** 3 x 3, padded so that the output is as large as the input. */
  static final ConvolutionGeometry GEOMETRY = new ConvolutionGeometry(3, 3, 1, 1, 0, 0, 1, 1, true);

  /** Made for a geometry. */
  static final Map<String, Function<ConvolutionGeometry, ConvolutionKernel>> CONVOLUTIONS =
      new TreeMap<>(Map.of("nd4j", ConvolutionKernel::new));

  /** With a ReLU behind them. */
  static final Map<String, Supplier<BatchNormKernel>> BATCH_NORMS =
      new TreeMap<>(Map.of("nd4j", () -> new BatchNormKernel(EPSILON, true)));

  private Kernels() {}
}
