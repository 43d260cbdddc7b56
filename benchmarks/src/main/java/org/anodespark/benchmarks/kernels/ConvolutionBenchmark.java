/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.kernels;

import org.anodespark.odelayers.kernel.ConvolutionGeometry;
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

/** Convolutions of 3 x 3 without bias, in buffers that are there already. */
@State(Scope.Thread)
public class ConvolutionBenchmark {
  /** A name in {@link KernelFamily}; the program gives all of them. */
  @Param("nd4j")
  public String kernel;

  /** A {@link KernelShape}; the program gives those of the command line. */
  @Param("64x32x64")
  public String shape;

  private static final ConvolutionGeometry GEOMETRY =
      new ConvolutionGeometry(3, 3, 1, 1, 0, 0, 1, 1, 1, true);

  private final ArrayPool pool = new ArrayPool(DataType.FLOAT);
  private LinearKernel convolution;
  private INDArray x;
  private Weights weights;
  private INDArray y;
  private INDArray dy;
  private INDArray dx;
  private INDArray dWeights;

  /** Fills the arrays. */
  @Setup
  public void prepare() {
    KernelShape images = KernelShape.parse(shape);
    KernelFamily family = KernelFamily.of(kernel);
    convolution = family.kernels().convolution(GEOMETRY, Nonlinearity.IDENTITY);
    x = family.images(images);
    dy = family.images(images);
    y = x.ulike();
    dx = x.ulike();
    INDArray plain = Nd4j.randn(DataType.FLOAT, images.channels(), images.channels(), 3, 3);
    weights = new Weights(plain, pool);
    dWeights = plain.ulike();
  }

  /** The convolution. */
  @Benchmark
  public INDArray convolutionForward() {
    convolution.forward(x, weights, null, y, pool);
    return y;
  }

  /** The gradients of images and weights. */
  @Benchmark
  public INDArray convolutionBackward() {
    convolution.backward(x, weights, null, dy, dx, new ParameterSlices(dWeights, null), pool);
    return dx;
  }
}
