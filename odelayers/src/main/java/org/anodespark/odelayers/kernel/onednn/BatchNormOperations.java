/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MEAN;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_VARIANCE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;
import static org.bytedeco.dnnl.global.dnnl.dnnl_backward;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_inference;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_fuse_norm_relu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_use_global_stats;
import static org.bytedeco.dnnl.global.dnnl.dnnl_use_scale;
import static org.bytedeco.dnnl.global.dnnl.dnnl_use_shift;

import org.anodespark.odelayers.memory.ArrayPool;
import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One batch normalisation and its gradient for one shape, on images that begin at an entry of their
 * arrays. A record holds mean [C], variance [C] and, with a ReLU, the library's workspace.
 */
final class BatchNormOperations {
  private final OneDnn library;
  private final Key key;
  private final memory.desc images;
  private final long channels;
  private final int flags;

  private Forward training;
  private Forward inference;
  private Backward backward;
  private Backward backwardInference;

  /**
   * What the operations depend on.
   *
   * @param x form of the input, and of the output
   * @param epsilon added to the variance
   * @param rectified whether a ReLU follows
   */
  record Key(ArrayForm x, float epsilon, boolean rectified) {}

  private BatchNormOperations(OneDnn library, Key key) {
    this.library = library;
    this.key = key;
    long[] shape = key.x.shape();
    channels = shape[shape.length - 1];
    images =
        shape.length == 4 ? OneDnn.images(key.x.type(), shape) : OneDnn.matrix(key.x.type(), shape);
    flags = dnnl_use_scale | dnnl_use_shift | (key.rectified ? dnnl_fuse_norm_relu : 0);
  }

  /** Those of the current thread. */
  static BatchNormOperations of(Key key) {
    OneDnn library = OneDnn.ofCurrentThread();
    return library.operations(key, k -> new BatchNormOperations(library, k));
  }

  /** Entries of float32 that the library's workspace takes; 0 without a ReLU. */
  long workspaceLength() {
    return training().workspaceLength;
  }

  /** Normalises by the statistics of the batch, which go into the record. */
  void forwardTraining(
      INDArray x,
      INDArray gamma,
      INDArray beta,
      INDArray keptRecord,
      INDArray y,
      long first,
      ArrayPool pool) {
    training().run(x, gamma, beta, keptRecord, y, first, pool);
  }

  /** Normalises by the statistics in the record. */
  void forwardInference(
      INDArray x,
      INDArray gamma,
      INDArray beta,
      INDArray keptRecord,
      INDArray y,
      long first,
      ArrayPool pool) {
    if (inference == null) {
      inference = new Forward(dnnl_forward_inference, flags | dnnl_use_global_stats);
    }
    inference.run(x, gamma, beta, keptRecord, y, first, pool);
  }

  /** Gradients of input, scale and shift, that of the batch's statistics included. */
  void backward(
      INDArray x,
      INDArray gamma,
      INDArray keptRecord,
      INDArray dy,
      INDArray dx,
      INDArray dGamma,
      INDArray dBeta,
      ArrayPool pool) {
    if (backward == null) {
      backward = new Backward(flags);
    }
    backward.run(x, gamma, keptRecord, dy, dx, dGamma, dBeta, 0, pool);
  }

  /** Gradients of input, scale and shift where the statistics are constants; without a ReLU. */
  void backwardInference(
      INDArray x,
      INDArray gamma,
      INDArray keptRecord,
      INDArray dy,
      INDArray dx,
      INDArray dGamma,
      INDArray dBeta,
      long first,
      ArrayPool pool) {
    if (backwardInference == null) {
      backwardInference = new Backward(flags | dnnl_use_global_stats);
    }
    backwardInference.run(x, gamma, keptRecord, dy, dx, dGamma, dBeta, first, pool);
  }

  private Forward training() {
    if (training == null) {
      training = new Forward(dnnl_forward_training, flags);
    }
    return training;
  }

  private memory.desc perChannel() {
    return OneDnn.row(DataType.FLOAT, channels);
  }

  private batch_normalization_forward.primitive_desc describe(int purpose, int flagsOfPurpose) {
    return new batch_normalization_forward.primitive_desc(
        library.engine(),
        purpose,
        images,
        images,
        key.epsilon,
        flagsOfPurpose,
        OneDnn.attributes(),
        false);
  }

  /** The arguments that a pass shares with the others. */
  private class Pass {
    final Operation operation;
    final Argument x;
    final Argument mean;
    final Argument variance;
    final Argument gamma;

    Pass(Operation operation) {
      this.operation = operation;
      x = operation.argument(DNNL_ARG_SRC, images);
      mean = operation.argument(DNNL_ARG_MEAN, perChannel());
      variance = operation.argument(DNNL_ARG_VARIANCE, perChannel());
      gamma = operation.argument(DNNL_ARG_SCALE, perChannel());
    }

    void set(INDArray input, INDArray scale, INDArray keptRecord, long first) {
      x.set(input, first);
      gamma.set(scale);
      mean.set(keptRecord);
      variance.set(keptRecord, channels);
    }
  }

  private final class Forward extends Pass {
    private final Argument beta;
    private final Argument y;
    private final Argument mask;
    private final long workspaceLength;

    Forward(int purpose, int flagsOfPurpose) {
      this(describe(purpose, flagsOfPurpose));
    }

    private Forward(batch_normalization_forward.primitive_desc description) {
      super(new Operation(library, description, new batch_normalization_forward(description)));
      beta = operation.argument(DNNL_ARG_SHIFT, perChannel());
      y = operation.argument(DNNL_ARG_DST, images);
      // only training with a ReLU has one
      workspaceLength = OneDnn.floats(description.workspace_desc().get_size());
      mask =
          workspaceLength == 0
              ? null
              : operation.argument(DNNL_ARG_WORKSPACE, description.workspace_desc());
    }

    void run(
        INDArray input,
        INDArray scale,
        INDArray shift,
        INDArray keptRecord,
        INDArray output,
        long first,
        ArrayPool pool) {
      set(input, scale, keptRecord, first);
      beta.set(shift);
      y.set(output, first);
      if (mask != null) {
        mask.set(keptRecord, 2 * channels);
      }
      operation.run(pool);
    }
  }

  private final class Backward extends Pass {
    private final Argument dy;
    private final Argument dx;
    private final Argument dGamma;
    private final Argument dBeta;
    private final Argument mask;

    Backward(int flagsOfPurpose) {
      this(describe(dnnl_forward_training, flagsOfPurpose), flagsOfPurpose);
    }

    private Backward(batch_normalization_forward.primitive_desc hint, int flagsOfPurpose) {
      this(
          hint,
          new batch_normalization_backward.primitive_desc(
              library.engine(),
              dnnl_backward,
              images,
              images,
              images,
              key.epsilon,
              flagsOfPurpose,
              hint,
              OneDnn.attributes(),
              false));
    }

    private Backward(
        batch_normalization_forward.primitive_desc hint,
        batch_normalization_backward.primitive_desc description) {
      super(new Operation(library, description, new batch_normalization_backward(description)));
      dy = operation.argument(DNNL_ARG_DIFF_DST, images);
      dx = operation.argument(DNNL_ARG_DIFF_SRC, images);
      dGamma = operation.argument(DNNL_ARG_DIFF_SCALE, perChannel());
      dBeta = operation.argument(DNNL_ARG_DIFF_SHIFT, perChannel());
      mask = key.rectified ? operation.argument(DNNL_ARG_WORKSPACE, hint.workspace_desc()) : null;
    }

    void run(
        INDArray input,
        INDArray scale,
        INDArray keptRecord,
        INDArray gradient,
        INDArray result,
        INDArray scaleGradient,
        INDArray shiftGradient,
        long first,
        ArrayPool pool) {
      set(input, scale, keptRecord, first);
      dy.set(gradient, first);
      dx.set(result, first);
      dGamma.set(scaleGradient);
      dBeta.set(shiftGradient);
      if (mask != null) {
        mask.set(keptRecord, 2 * channels);
      }
      operation.run(pool);
    }
  }
}
