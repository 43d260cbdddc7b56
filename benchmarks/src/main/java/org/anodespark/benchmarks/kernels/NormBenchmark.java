/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.kernels;

import org.anodespark.odelayers.kernel.BatchNormKernel;
import org.anodespark.odelayers.kernel.GroupNormKernel;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Norms in training with a ReLU behind them, in buffers that are there already. */
@State(Scope.Thread)
public class NormBenchmark {
  /** A name in {@link KernelFamily}; the program gives all of them. */
  @Param("nd4j")
  public String kernel;

  /** A {@link KernelShape}; the program gives those of the command line. */
  @Param("64x32x64")
  public String shape;

  private static final double EPSILON = 1e-5;
  private static final int GROUPS = 8;

  private final ArrayPool pool = new ArrayPool(DataType.FLOAT);
  private BatchNormKernel batchNorm;
  private GroupNormKernel groupNorm;
  private INDArray x;
  private INDArray y;
  private INDArray dy;
  private INDArray dx;
  private INDArray gamma;
  private INDArray beta;
  private INDArray statistics;
  private INDArray statisticsOfGroups;
  private INDArray dGamma;
  private INDArray dBeta;

  /** Fills the arrays, those of the forward pass included. */
  @Setup
  public void prepare() {
    KernelShape images = KernelShape.parse(shape);
    KernelFamily family = KernelFamily.of(kernel);
    batchNorm = family.kernels().batchNorm(EPSILON, true);
    int groups = images.channels() % GROUPS == 0 ? GROUPS : 1;
    groupNorm = family.kernels().groupNorm(groups, EPSILON, true);
    x = family.images(images);
    dy = family.images(images);
    y = x.ulike();
    dx = x.ulike();
    gamma = Nd4j.ones(DataType.FLOAT, images.channels());
    beta = Nd4j.zeros(DataType.FLOAT, images.channels());
    statistics = Nd4j.createUninitialized(DataType.FLOAT, batchNorm.recordLength(x));
    statisticsOfGroups = Nd4j.createUninitialized(DataType.FLOAT, groupNorm.recordLength(x));
    dGamma = gamma.ulike();
    dBeta = gamma.ulike();
    batchNormForward();
    groupNormForward();
  }

  /** Normalises over the minibatch. */
  @Benchmark
  public INDArray batchNormForward() {
    batchNorm.forwardTraining(x, gamma, beta, y, statistics, pool);
    return y;
  }

  /**
   * All gradients. The gradient of the output may be destroyed, which does not matter: what the
   * ReLU has set to zero once it sets to zero again.
   */
  @Benchmark
  public INDArray batchNormBackward() {
    batchNorm.backward(x, y, gamma, statistics, dy, dx, dGamma, dBeta, pool);
    return dx;
  }

  /** Normalises each example's groups of channels. */
  @Benchmark
  public INDArray groupNormForward() {
    groupNorm.forward(x, gamma, beta, y, statisticsOfGroups, pool);
    return y;
  }

  /** All gradients, of an output whose gradient is destroyed. */
  @Benchmark
  public INDArray groupNormBackward() {
    groupNorm.backward(x, y, gamma, statisticsOfGroups, dy, dx, dGamma, dBeta, pool);
    return dx;
  }
}
