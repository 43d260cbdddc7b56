/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.contender;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anodespark.benchmarks.process.Ready;
import org.anodespark.benchmarks.process.Workload;
import org.anodespark.benchmarks.process.WorkloadServer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Products of square matrices in single precision by ND4J, the fastest arithmetic that a program
 * can have for the asking: the measure of how much of the machine a block uses. The variants are
 * the orders of the matrices.
 */
public final class MatrixProduct implements Workload<List<Integer>> {
  /** So many products make a run, and the fastest one counts: it is the peak that is looked for. */
  private static final int PRODUCTS = 5;

  private final Map<String, INDArray> matrices = new HashMap<>();
  private final Map<String, INDArray> products = new HashMap<>();

  /** Serves on the standard streams. */
  public static void main(String[] arguments) throws IOException {
    WorkloadServer.serve(new MatrixProduct());
  }

  @Override
  @SuppressWarnings("unchecked")
  public Class<List<Integer>> problemType() {
    return (Class<List<Integer>>) (Class<?>) List.class;
  }

  /**
   * @param orders rows and columns of the matrices
   */
  @Override
  public Ready prepare(List<Integer> orders) {
    Nd4j.getRandom().setSeed(1);
    for (int order : orders) {
      String name = Integer.toString(order);
      matrices.put(name, Nd4j.randn(DataType.FLOAT, order, order));
      products.put(name, Nd4j.createUninitialized(DataType.FLOAT, new long[] {order, order}, 'f'));
    }
    return new Ready(
        "ND4J gemm",
        orders.stream().map(order -> new Ready.Variant(Integer.toString(order), "")).toList());
  }

  @Override
  public Map<String, Double> facts(String variant) {
    return Map.of();
  }

  @Override
  public double run(String variant) {
    INDArray matrix = matrices.get(variant);
    INDArray product = products.get(variant);
    long least = Long.MAX_VALUE;
    for (int i = 0; i < PRODUCTS; i++) {
      long before = System.nanoTime();
      Nd4j.gemm(matrix, matrix, product, false, false, 1.0, 0.0);
      least = Math.min(least, System.nanoTime() - before);
    }
    return least * 1e-9;
  }
}
