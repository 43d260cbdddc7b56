/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.kernels;

import java.util.List;
import org.anodespark.odelayers.kernel.ConversionKernel;
import org.anodespark.odelayers.kernel.Kernels;
import org.anodespark.odelayers.kernel.Nonlinearity;
import org.anodespark.odelayers.kernel.NonlinearityKernel;
import org.anodespark.odelayers.kernel.PoolingFunction;
import org.anodespark.odelayers.kernel.PoolingGeometry;
import org.anodespark.odelayers.kernel.PoolingKernel;
import org.anodespark.odelayers.kernel.SumKernel;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Kernels that do little more than read and write memory. */
@State(Scope.Thread)
public class MemoryBenchmark {
  private static final double[] COEFFICIENTS = {0.1, 0.2, 0.3, 0.4};

  /** A {@link KernelFamily}; the program gives all of them. */
  @Param("nd4j")
  public String kernel;

  /** A {@link KernelShape}; the program gives those of the command line. */
  @Param("64x32x64")
  public String shape;

  private final ArrayPool pool = new ArrayPool(DataType.FLOAT);
  private NonlinearityKernel relu;
  private PoolingKernel average;
  private PoolingKernel globalAverage;
  private SumKernel sums;
  private ConversionKernel conversion;
  private INDArray x;
  private INDArray y;
  private INDArray halved;
  private INDArray row;
  private INDArray state;
  private INDArray sum;
  private List<INDArray> slopes;

  /** Fills the arrays. */
  @Setup
  public void prepare() {
    KernelShape images = KernelShape.parse(shape);
    KernelFamily family = KernelFamily.of(kernel);
    Kernels kernels = family.kernels();
    relu = kernels.nonlinearity(Nonlinearity.RELU);
    average =
        kernels.pooling(new PoolingGeometry(2, 2, 2, 2, 0, 0, false), PoolingFunction.AVERAGE);
    globalAverage = kernels.globalAverage();
    sums = kernels.sums();
    conversion = kernels.conversion();
    x = family.images(images);
    y = x.ulike();
    halved =
        Nd4j.createUninitialized(
            x.dataType(),
            new long[] {images.batch(), images.size() / 2, images.size() / 2, images.channels()});
    row = Nd4j.createUninitialized(x.dataType(), images.batch(), images.channels());
    state = images.images();
    sum = state.ulike();
    slopes = List.of(images.images(), images.images(), images.images(), images.images());
  }

  @Benchmark
  public INDArray reluForward() {
    relu.forward(x, y, pool);
    return y;
  }

  @Benchmark
  public INDArray reluDerivative() {
    relu.derivative(x, x, y, pool);
    return y;
  }

  /** Windows of 2 x 2. */
  @Benchmark
  public INDArray averageForward() {
    average.forward(x, halved, null, pool);
    return halved;
  }

  @Benchmark
  public INDArray averageBackward() {
    average.backward(x, null, halved, y, pool);
    return y;
  }

  @Benchmark
  public INDArray globalAverageForward() {
    globalAverage.forward(x, row, null, pool);
    return row;
  }

  @Benchmark
  public INDArray globalAverageBackward() {
    globalAverage.backward(x, null, row, y, pool);
    return y;
  }

  /** A state and four slopes, float32 in every family. */
  @Benchmark
  public INDArray sumOfFive() {
    sums.combine(sum, state, COEFFICIENTS, slopes);
    return sum;
  }

  /** From the images' type to float32. */
  @Benchmark
  public INDArray conversion() {
    conversion.convert(x, sum);
    return sum;
  }
}
