/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.kernels;

import org.anodespark.odelayers.kernel.LinearKernel;
import org.anodespark.odelayers.kernel.LinearKernel.ParameterSlices;
import org.anodespark.odelayers.kernel.Nonlinearity;
import org.anodespark.odelayers.kernel.Weights;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Matrix products of a shape's pixels, each a row with one number per channel, with a square
 * matrix.
 */
@State(Scope.Thread)
public class DenseBenchmark {
  /** A {@link KernelFamily}; the program gives all of them. */
  @Param("nd4j")
  public String kernel;

  /** A {@link KernelShape}; the program gives those of the command line. */
  @Param("64x32x64")
  public String shape;

  private final ArrayPool pool = new ArrayPool(DataType.FLOAT);
  private LinearKernel dense;
  private INDArray x;
  private Weights weights;
  private INDArray bias;
  private INDArray y;
  private INDArray dy;
  private INDArray dx;
  private ParameterSlices gradient;

  /** Fills the arrays. */
  @Setup
  public void prepare() {
    KernelShape images = KernelShape.parse(shape);
    KernelFamily family = KernelFamily.of(kernel);
    int channels = images.channels();
    long rows = (long) images.batch() * images.size() * images.size();
    dense = family.kernels().dense(Nonlinearity.IDENTITY);
    x = family.images(images).reshape(rows, channels);
    dy = family.images(images).reshape(rows, channels);
    y = x.ulike();
    dx = x.ulike();
    INDArray plain = Nd4j.randn(DataType.FLOAT, channels, channels).dup('f');
    weights = new Weights(plain, pool);
    bias = Nd4j.zeros(DataType.FLOAT, channels);
    gradient = new ParameterSlices(plain.dup('f'), bias.ulike());
  }

  /** The product. */
  @Benchmark
  public INDArray denseForward() {
    dense.forward(x, weights, bias, y, pool);
    return y;
  }

  /** The gradients of rows, weights and bias. */
  @Benchmark
  public INDArray denseBackward() {
    dense.backward(x, weights, y, dy, dx, gradient, pool);
    return dx;
  }
}
