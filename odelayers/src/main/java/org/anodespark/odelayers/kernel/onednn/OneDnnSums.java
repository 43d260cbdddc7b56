/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_ATTR_SCALES;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_add;

import java.util.ArrayList;
import java.util.List;
import org.anodespark.odelayers.kernel.SumKernel;
import org.anodespark.odelayers.memory.ArrayPool;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Sums of scaled arrays, by oneDNN's binary addition with factors. Sums of more than two arrays go
 * through the arrays piece by piece, so that a piece of the result stays in the cache until it is
 * complete, and memory is gone through once.
 */
final class OneDnnSums implements SumKernel {
  /** Entries of a piece: 256 KiB of the result, half of it for each of two threads. */
  private static final long PIECE = 1L << 16;

  @Override
  public void combine(INDArray out, INDArray base, double[] coefficients, List<INDArray> terms) {
    List<INDArray> arrays = new ArrayList<>(1 + coefficients.length);
    List<Double> factors = new ArrayList<>(1 + coefficients.length);
    if (base != null) {
      arrays.add(base);
      factors.add(1.0);
    }
    for (int i = 0; i < coefficients.length; i++) {
      if (coefficients[i] != 0.0) {
        arrays.add(terms.get(i));
        factors.add(coefficients[i]);
      }
    }
    if (arrays.isEmpty()) {
      out.assign(0.0);
    } else if (arrays.size() > 1 || base != out) {
      add(arrays, factors, out);
    }
  }

  private static void add(List<INDArray> arrays, List<Double> factors, INDArray out) {
    ArrayPool pool = ArrayPool.ofCurrentThread(DataType.FLOAT);
    long length = out.length();
    long piece = arrays.size() > 2 ? PIECE : length;
    // a single array is added to itself with factor 0
    int second = Math.min(1, arrays.size() - 1);
    double factorOfSecond = second == 0 ? 0.0 : factors.get(1);
    for (long start = 0; start < length; start += piece) {
      Addition addition = addition(out.dataType(), Math.min(piece, length - start));
      addition.run(
          factors.get(0), arrays.get(0), factorOfSecond, arrays.get(second), out, start, pool);
      for (int i = 2; i < arrays.size(); i++) {
        addition.run(1.0, out, factors.get(i), arrays.get(i), out, start, pool);
      }
    }
  }

  private static Addition addition(DataType type, long length) {
    OneDnn library = OneDnn.ofCurrentThread();
    return library.operations(new Key(type, length), key -> new Addition(library, key));
  }

  private record Key(DataType type, long length) {}

  /** {@code out := a * x + b * y} on a piece of each. */
  private static final class Addition {
    private final Operation operation;
    private final Argument x;
    private final Argument y;
    private final Argument out;
    private final Factor a;
    private final Factor b;

    Addition(OneDnn library, Key key) {
      memory.desc form = OneDnn.row(key.type, key.length);
      primitive_attr attributes = OneDnn.attributes();
      attributes.set_scales_mask(DNNL_ARG_SRC_0, 0);
      attributes.set_scales_mask(DNNL_ARG_SRC_1, 0);
      binary.primitive_desc description =
          new binary.primitive_desc(
              library.engine(), dnnl_binary_add, form, form, form, attributes, false);
      operation = new Operation(library, description, new binary(description));
      x = operation.argument(DNNL_ARG_SRC_0, form);
      y = operation.argument(DNNL_ARG_SRC_1, form);
      out = operation.argument(DNNL_ARG_DST, form);
      a = new Factor(operation, DNNL_ARG_ATTR_SCALES | DNNL_ARG_SRC_0);
      b = new Factor(operation, DNNL_ARG_ATTR_SCALES | DNNL_ARG_SRC_1);
    }

    void run(
        double factorOfX,
        INDArray arrayX,
        double factorOfY,
        INDArray arrayY,
        INDArray result,
        long start,
        ArrayPool pool) {
      a.set(factorOfX);
      b.set(factorOfY);
      x.set(arrayX, start);
      y.set(arrayY, start);
      out.set(result, start);
      operation.run(pool);
    }
  }
}
