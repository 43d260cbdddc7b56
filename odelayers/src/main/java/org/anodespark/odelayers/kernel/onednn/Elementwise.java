/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_relu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_relu_use_dst_for_bwd;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_tanh;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_tanh_use_dst_for_bwd;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;

import org.anodespark.odelayers.kernel.Nonlinearity;
import org.anodespark.odelayers.memory.ArrayPool;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Derivatives of functions of single numbers, from their results. */
final class Elementwise {
  private Elementwise() {}

  /** oneDNN's name for a function. */
  static int algorithm(Nonlinearity function) {
    return switch (function) {
      case RELU -> dnnl_eltwise_relu;
      case TANH -> dnnl_eltwise_tanh;
      case IDENTITY -> throw new IllegalArgumentException("The identity needs no operation.");
    };
  }

  /**
   * {@code d := d * function'}, the product with the Jacobian and with its transpose.
   *
   * @param y result of the function
   * @param d gradient of the result, replaced by the gradient of the argument; or tangents
   *     likewise; of the type of {@code y}
   */
  static void derivative(Nonlinearity function, INDArray y, INDArray d, ArrayPool pool) {
    if (function != Nonlinearity.IDENTITY) {
      OneDnn library = OneDnn.ofCurrentThread();
      Key key = new Key(function, y.dataType(), y.length());
      library.operations(key, k -> new Derivative(library, k)).run(y, d, pool);
    }
  }

  private record Key(Nonlinearity function, DataType type, long length) {}

  private static final class Derivative {
    private final Operation operation;
    private final Argument y;
    private final Argument dy;
    private final Argument dx;

    Derivative(OneDnn library, Key key) {
      memory.desc form = OneDnn.row(key.type, key.length);
      int algorithm =
          key.function == Nonlinearity.RELU
              ? dnnl_eltwise_relu_use_dst_for_bwd
              : dnnl_eltwise_tanh_use_dst_for_bwd;
      eltwise_forward.primitive_desc hint =
          new eltwise_forward.primitive_desc(
              library.engine(), dnnl_forward_training, algorithm, form, form, 0f);
      eltwise_backward.primitive_desc description =
          new eltwise_backward.primitive_desc(
              library.engine(),
              algorithm,
              form,
              form,
              form,
              0f,
              0f,
              hint,
              OneDnn.attributes(),
              false);
      operation = new Operation(library, description, new eltwise_backward(description));
      y = operation.argument(DNNL_ARG_DST, form);
      dy = operation.argument(DNNL_ARG_DIFF_DST, form);
      dx = operation.argument(DNNL_ARG_DIFF_SRC, form);
    }

    void run(INDArray result, INDArray d, ArrayPool pool) {
      y.set(result);
      dy.set(d);
      dx.set(d);
      operation.run(pool);
    }
  }
}
