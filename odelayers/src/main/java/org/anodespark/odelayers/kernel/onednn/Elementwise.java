/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_gelu_erf;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_logistic;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_logistic_use_dst_for_bwd;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_pow;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_relu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_relu_use_dst_for_bwd;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_soft_relu;
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

/** Functions of single numbers other than the identity, and their derivatives. */
final class Elementwise {
  /** Of softplus, log(1 + exp(a x)) / a, and of the power, a x^b; others ignore it. */
  private static final float FACTOR = 1f;

  private static final float POWER_OF_CUBE = 3f;

  private Elementwise() {}

  /** oneDNN's name for a function. */
  static int algorithm(Nonlinearity function) {
    return switch (function) {
      case RELU -> dnnl_eltwise_relu;
      case TANH -> dnnl_eltwise_tanh;
      case SIGMOID -> dnnl_eltwise_logistic;
      case SOFTPLUS -> dnnl_eltwise_soft_relu;
      case GELU -> dnnl_eltwise_gelu_erf;
      case CUBE -> dnnl_eltwise_pow;
      case IDENTITY -> throw new IllegalArgumentException("The identity needs no operation.");
    };
  }

  private static int algorithmOfResult(Nonlinearity function) {
    return switch (function.asFollower()) {
      case RELU -> dnnl_eltwise_relu_use_dst_for_bwd;
      case TANH -> dnnl_eltwise_tanh_use_dst_for_bwd;
      case SIGMOID -> dnnl_eltwise_logistic_use_dst_for_bwd;
      default -> throw new IllegalArgumentException(function + " needs no operation.");
    };
  }

  /** A leaky ReLU's slope is what the library's ReLU takes for its parameter. */
  private static float firstParameter(Nonlinearity function) {
    return function == Nonlinearity.SOFTPLUS || function == Nonlinearity.CUBE ? FACTOR : 0f;
  }

  private static float secondParameter(Nonlinearity function) {
    return function == Nonlinearity.CUBE ? POWER_OF_CUBE : 0f;
  }

  /**
   * {@code y := function(x)}.
   *
   * @param y of the type of {@code x}
   */
  static void forward(Nonlinearity function, INDArray x, INDArray y, ArrayPool pool) {
    OneDnn library = OneDnn.ofCurrentThread();
    library
        .operations(
            new ForwardKey(function, x.dataType(), x.length()), k -> new Forward(library, k))
        .run(x, y, pool);
  }

  /**
   * {@code out := function'(x) d}, the product with the Jacobian and with its transpose.
   *
   * @param x argument of the function
   * @param d gradient of the result, or tangent of the argument; of the type of {@code x}
   * @param out receives the product; of the type of {@code x}; may be {@code d}
   */
  static void derivativeOfArgument(
      Nonlinearity function, INDArray x, INDArray d, INDArray out, ArrayPool pool) {
    derivative(function, DNNL_ARG_SRC, x, d, out, pool);
  }

  /**
   * {@code d := d * function'}, the product with the Jacobian and with its transpose; nothing for
   * the identity.
   *
   * @param y result of the function
   * @param d gradient of the result, replaced by the gradient of the argument; or tangents
   *     likewise; of the type of {@code y}
   */
  static void derivativeOfResult(Nonlinearity function, INDArray y, INDArray d, ArrayPool pool) {
    if (function != Nonlinearity.IDENTITY) {
      derivative(function, DNNL_ARG_DST, y, d, d, pool);
    }
  }

  private static void derivative(
      Nonlinearity function, int known, INDArray value, INDArray d, INDArray out, ArrayPool pool) {
    OneDnn library = OneDnn.ofCurrentThread();
    DerivativeKey key = new DerivativeKey(function, known, value.dataType(), value.length());
    library.operations(key, k -> new Derivative(library, k)).run(value, d, out, pool);
  }

  private static eltwise_forward.primitive_desc describe(
      OneDnn library, int algorithm, Nonlinearity function, memory.desc form) {
    return new eltwise_forward.primitive_desc(
        library.engine(),
        dnnl_forward_training,
        algorithm,
        form,
        form,
        firstParameter(function),
        secondParameter(function),
        OneDnn.attributes(),
        false);
  }

  private record ForwardKey(Nonlinearity function, DataType type, long length) {}

  private static final class Forward {
    private final Operation operation;
    private final Argument x;
    private final Argument y;

    Forward(OneDnn library, ForwardKey key) {
      memory.desc form = OneDnn.row(key.type, key.length);
      eltwise_forward.primitive_desc description =
          describe(library, algorithm(key.function), key.function, form);
      operation = new Operation(library, description, new eltwise_forward(description));
      x = operation.argument(DNNL_ARG_SRC, form);
      y = operation.argument(DNNL_ARG_DST, form);
    }

    void run(INDArray argument, INDArray result, ArrayPool pool) {
      x.set(argument);
      y.set(result);
      operation.run(pool);
    }
  }

  /**
   * What a derivative depends on.
   *
   * @param known the library's number for the argument of the function, or for its result
   */
  private record DerivativeKey(Nonlinearity function, int known, DataType type, long length) {}

  private static final class Derivative {
    private final Operation operation;
    private final Argument known;
    private final Argument dy;
    private final Argument dx;

    Derivative(OneDnn library, DerivativeKey key) {
      memory.desc form = OneDnn.row(key.type, key.length);
      int algorithm =
          key.known == DNNL_ARG_DST ? algorithmOfResult(key.function) : algorithm(key.function);
      eltwise_backward.primitive_desc description =
          new eltwise_backward.primitive_desc(
              library.engine(),
              algorithm,
              form,
              form,
              form,
              firstParameter(key.function),
              secondParameter(key.function),
              describe(library, algorithm, key.function, form),
              OneDnn.attributes(),
              false);
      operation = new Operation(library, description, new eltwise_backward(description));
      known = operation.argument(key.known, form);
      dy = operation.argument(DNNL_ARG_DIFF_DST, form);
      dx = operation.argument(DNNL_ARG_DIFF_SRC, form);
    }

    void run(INDArray value, INDArray d, INDArray out, ArrayPool pool) {
      known.set(value);
      dy.set(d);
      dx.set(out);
      operation.run(pool);
    }
  }
}
