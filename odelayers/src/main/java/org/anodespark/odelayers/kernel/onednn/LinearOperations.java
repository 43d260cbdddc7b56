/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import org.anodespark.odelayers.kernel.BiasForm;
import org.anodespark.odelayers.kernel.LinearKernel.ParameterSlices;
import org.anodespark.odelayers.kernel.Nonlinearity;
import org.anodespark.odelayers.kernel.Weights;
import org.anodespark.odelayers.memory.ArrayPool;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc_base;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One linear function and its gradients for one shape of input. Products are formed in the type of
 * the input; the outputs may have other types.
 */
abstract class LinearOperations {
  private final OneDnn library;
  private final LinearForm form;

  private Forward forward;
  private BackwardData backwardData;
  private BackwardWeights backwardWeights;

  LinearOperations(OneDnn library, LinearForm form) {
    this.library = library;
    this.form = form;
  }

  /**
   * A primitive and what it was made from.
   *
   * @param description with {@link OneDnn#attributes}
   * @param work made from the description
   */
  record Described(primitive_desc_base description, primitive work) {}

  /** {@code y := follower(x * weights + bias)}. */
  abstract Described describeForward();

  /** {@code dx := dy * transposed weights}. */
  abstract Described describeBackwardData();

  /** Gradients of weights and bias. */
  abstract Described describeBackwardWeights();

  /** Form of the input, or of its gradient. */
  abstract memory.desc input(DataType type);

  /** Form of the output, or of its gradient. */
  abstract memory.desc output(DataType type);

  /** Form of the weights as the layer keeps them. */
  abstract memory.desc plainWeights();

  /**
   * {@code y := follower(x * weights + bias)}; a bias of {@link BiasForm#ENTRIES} is not read, but
   * expected in {@code y}.
   */
  void forward(INDArray x, Weights weights, INDArray bias, INDArray y, ArrayPool pool) {
    if (forward == null) {
      forward = new Forward();
    }
    forward.run(x, weights, bias, y, pool);
  }

  /** {@code dx := dy * transposed weights}. */
  void backwardData(INDArray dy, Weights weights, INDArray dx, ArrayPool pool) {
    if (backwardData == null) {
      backwardData = new BackwardData();
    }
    backwardData.run(dy, weights, dx, pool);
  }

  /** Gradients of the weights, and of a bias of {@link BiasForm#CHANNELS}. */
  void backwardWeights(INDArray x, INDArray dy, ParameterSlices gradient, ArrayPool pool) {
    if (backwardWeights == null) {
      backwardWeights = new BackwardWeights();
    }
    backwardWeights.run(x, dy, gradient, pool);
  }

  memory.desc bias() {
    return OneDnn.row(DataType.FLOAT, form.outputChannels());
  }

  /** Attributes of the forward pass. */
  primitive_attr attributesWithFollower() {
    primitive_attr attributes = OneDnn.attributes();
    post_ops behind = new post_ops();
    if (form.bias() == BiasForm.ENTRIES) {
      behind.append_sum();
    }
    if (form.follower() != Nonlinearity.IDENTITY) {
      behind.append_eltwise(Elementwise.algorithm(form.follower()), 0f, 0f);
    }
    attributes.set_post_ops(behind);
    return attributes;
  }

  private Operation operation(Described described) {
    return new Operation(library, described.description, described.work);
  }

  private final class Forward {
    private final Operation operation;
    private final WeightsForm weightsForm;
    private final Argument x;
    private final Argument weights;
    private final Argument bias;
    private final Argument y;

    Forward() {
      Described described = describeForward();
      operation = operation(described);
      weightsForm = new WeightsForm(library, plainWeights(), described.description.weights_desc());
      x = operation.argument(DNNL_ARG_SRC, input(form.products()));
      weights = operation.argument(DNNL_ARG_WEIGHTS, weightsForm.form());
      bias = form.hasChannelBias() ? operation.argument(DNNL_ARG_BIAS, bias()) : null;
      y = operation.argument(DNNL_ARG_DST, output(form.result()));
    }

    void run(INDArray input, Weights given, INDArray givenBias, INDArray output, ArrayPool pool) {
      x.set(input);
      weights.set(weightsForm.of(given, pool));
      if (bias != null) {
        bias.set(givenBias);
      }
      y.set(output);
      operation.run(pool);
    }
  }

  private final class BackwardData {
    private final Operation operation;
    private final WeightsForm weightsForm;
    private final Argument dy;
    private final Argument weights;
    private final Argument dx;

    BackwardData() {
      Described described = describeBackwardData();
      operation = operation(described);
      weightsForm = new WeightsForm(library, plainWeights(), described.description.weights_desc());
      dy = operation.argument(DNNL_ARG_DIFF_DST, output(form.products()));
      weights = operation.argument(DNNL_ARG_WEIGHTS, weightsForm.form());
      dx = operation.argument(DNNL_ARG_DIFF_SRC, input(form.result()));
    }

    void run(INDArray gradient, Weights given, INDArray result, ArrayPool pool) {
      dy.set(gradient);
      weights.set(weightsForm.of(given, pool));
      dx.set(result);
      operation.run(pool);
    }
  }

  private final class BackwardWeights {
    private final Operation operation;
    private final OneDnnConversion.Reordering toPlain;
    private final long length;
    private final Argument x;
    private final Argument dy;
    private final Argument dWeights;
    private final Argument dBias;

    BackwardWeights() {
      Described described = describeBackwardWeights();
      operation = operation(described);
      memory.desc gradientForm = described.description.diff_weights_desc();
      toPlain = new OneDnnConversion.Reordering(library, gradientForm, plainWeights());
      length = OneDnn.floats(gradientForm.get_size());
      x = operation.argument(DNNL_ARG_SRC, input(form.products()));
      dy = operation.argument(DNNL_ARG_DIFF_DST, output(form.products()));
      dWeights = operation.argument(DNNL_ARG_DIFF_WEIGHTS, gradientForm);
      dBias = form.hasChannelBias() ? operation.argument(DNNL_ARG_DIFF_BIAS, bias()) : null;
    }

    void run(INDArray input, INDArray gradient, ParameterSlices result, ArrayPool pool) {
      INDArray reordered = pool.borrow(length);
      x.set(input);
      dy.set(gradient);
      dWeights.set(reordered);
      if (dBias != null) {
        dBias.set(result.bias());
      }
      operation.run(pool);
      toPlain.run(reordered, result.weights(), pool);
      pool.giveBack(reordered);
    }
  }
}
