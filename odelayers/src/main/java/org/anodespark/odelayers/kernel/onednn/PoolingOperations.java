/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_inference;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_avg_exclude_padding;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_avg_include_padding;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_max;

import org.anodespark.odelayers.kernel.Padding;
import org.anodespark.odelayers.kernel.PoolingFunction;
import org.anodespark.odelayers.kernel.PoolingGeometry;
import org.anodespark.odelayers.memory.ArrayPool;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One pooling and its gradient for one shape of images. A record is the library's workspace: where
 * in its window each maximum was.
 */
final class PoolingOperations {
  private static final long[] NO_DILATION = {0, 0};

  private final OneDnn library;
  private final memory.desc input;
  private final memory.desc output;
  private final int algorithm;
  private final long[] strides;
  private final long[] window;
  private final long[] paddingBefore;
  private final long[] paddingAfter;

  private Forward training;
  private Forward inference;
  private Backward backward;

  /**
   * What the operations depend on.
   *
   * @param x form of the input; the output has its type
   * @param geometry of the window
   * @param function of the entries in the window
   */
  record Key(ArrayForm x, PoolingGeometry geometry, PoolingFunction function) {}

  PoolingOperations(OneDnn library, Key key) {
    this.library = library;
    PoolingGeometry geometry = key.geometry;
    long[] shape = key.x.shape();
    input = OneDnn.images(key.x.type(), shape);
    output =
        OneDnn.images(
            key.x.type(),
            new long[] {
              shape[0], geometry.outputHeight(shape[1]), geometry.outputWidth(shape[2]), shape[3]
            });
    algorithm =
        switch (key.function) {
          case MAXIMUM -> dnnl_pooling_max;
          case AVERAGE -> dnnl_pooling_avg_exclude_padding;
          case AVERAGE_WITH_PADDING -> dnnl_pooling_avg_include_padding;
        };
    strides = new long[] {geometry.strideHeight(), geometry.strideWidth()};
    window = new long[] {geometry.kernelHeight(), geometry.kernelWidth()};
    Padding vertical = geometry.verticalPadding(shape[1]);
    Padding horizontal = geometry.horizontalPadding(shape[2]);
    paddingBefore = new long[] {vertical.before(), horizontal.before()};
    paddingAfter = new long[] {vertical.after(), horizontal.after()};
  }

  /** Entries of float32 that a record takes. */
  long recordLength() {
    return training().recordLength;
  }

  /**
   * Pools.
   *
   * @param keptRecord receives what the gradient reads; null for none
   */
  void forward(INDArray x, INDArray y, INDArray keptRecord, ArrayPool pool) {
    if (keptRecord != null) {
      training().run(x, y, keptRecord, pool);
      return;
    }
    if (inference == null) {
      inference = new Forward(dnnl_forward_inference);
    }
    inference.run(x, y, null, pool);
  }

  /** Gradient of the input. */
  void backward(INDArray keptRecord, INDArray dy, INDArray dx, ArrayPool pool) {
    if (backward == null) {
      backward = new Backward();
    }
    backward.run(keptRecord, dy, dx, pool);
  }

  private Forward training() {
    if (training == null) {
      training = new Forward(dnnl_forward_training);
    }
    return training;
  }

  private pooling_forward.primitive_desc describe(int purpose) {
    return new pooling_forward.primitive_desc(
        library.engine(),
        purpose,
        algorithm,
        input,
        output,
        strides,
        window,
        NO_DILATION,
        paddingBefore,
        paddingAfter,
        OneDnn.attributes(),
        false);
  }

  private final class Forward {
    private final Operation operation;
    private final Argument x;
    private final Argument y;
    private final Argument positions;
    private final long recordLength;

    Forward(int purpose) {
      pooling_forward.primitive_desc description = describe(purpose);
      operation = new Operation(library, description, new pooling_forward(description));
      x = operation.argument(DNNL_ARG_SRC, input);
      y = operation.argument(DNNL_ARG_DST, output);
      recordLength = OneDnn.floats(description.workspace_desc().get_size());
      positions =
          recordLength == 0
              ? null
              : operation.argument(DNNL_ARG_WORKSPACE, description.workspace_desc());
    }

    void run(INDArray images, INDArray result, INDArray keptRecord, ArrayPool pool) {
      x.set(images);
      y.set(result);
      if (positions != null) {
        positions.set(keptRecord);
      }
      operation.run(pool);
    }
  }

  private final class Backward {
    private final Operation operation;
    private final Argument dy;
    private final Argument dx;
    private final Argument positions;

    Backward() {
      pooling_forward.primitive_desc hint = describe(dnnl_forward_training);
      pooling_backward.primitive_desc description =
          new pooling_backward.primitive_desc(
              library.engine(),
              algorithm,
              input,
              output,
              strides,
              window,
              NO_DILATION,
              paddingBefore,
              paddingAfter,
              hint,
              OneDnn.attributes(),
              false);
      operation = new Operation(library, description, new pooling_backward(description));
      dy = operation.argument(DNNL_ARG_DIFF_DST, output);
      dx = operation.argument(DNNL_ARG_DIFF_SRC, input);
      positions =
          hint.workspace_desc().get_size() == 0
              ? null
              : operation.argument(DNNL_ARG_WORKSPACE, hint.workspace_desc());
    }

    void run(INDArray keptRecord, INDArray gradient, INDArray result, ArrayPool pool) {
      dy.set(gradient);
      dx.set(result);
      if (positions != null) {
        positions.set(keptRecord);
      }
      operation.run(pool);
    }
  }
}
