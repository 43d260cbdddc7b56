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
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_direct;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;

import org.anodespark.odelayers.kernel.ConvolutionGeometry;
import org.anodespark.odelayers.kernel.ConvolutionGeometry.Padding;
import org.anodespark.odelayers.kernel.ConvolutionKernel.ParameterSlices;
import org.anodespark.odelayers.kernel.Nonlinearity;
import org.anodespark.odelayers.kernel.Weights;
import org.anodespark.odelayers.memory.ArrayPool;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One convolution and its gradients for one shape of images. Products are formed in the type of the
 * input; the outputs may have other types.
 */
final class ConvolutionOperations {
  private final OneDnn library;
  private final Key key;
  private final memory.desc plainWeights;
  private final long[] dimensions;
  private final long[] outputShape;
  private final long[] strides;
  private final long[] dilations;
  private final long[] paddingBefore;
  private final long[] paddingAfter;

  private Forward forward;
  private BackwardData backwardData;
  private BackwardWeights backwardWeights;

  /**
   * What the operations depend on.
   *
   * @param x form of the input; its type is that of the products
   * @param output type of the output, or of the gradient of the input in the backward pass
   * @param outputChannels C_out
   * @param bias whether there is a bias
   * @param geometry of the window
   * @param follower behind the sum
   */
  record Key(
      ArrayForm x,
      DataType output,
      long outputChannels,
      boolean bias,
      ConvolutionGeometry geometry,
      Nonlinearity follower) {}

  ConvolutionOperations(OneDnn library, Key key) {
    this.library = library;
    this.key = key;
    ConvolutionGeometry geometry = key.geometry;
    long[] shape = key.x.shape();
    int groups = geometry.groups();
    dimensions =
        groups == 1
            ? new long[] {
              key.outputChannels, shape[3], geometry.kernelHeight(), geometry.kernelWidth()
            }
            : new long[] {
              groups,
              key.outputChannels / groups,
              shape[3] / groups,
              geometry.kernelHeight(),
              geometry.kernelWidth()
            };
    plainWeights =
        new memory.desc(
            dimensions,
            memory.data_type.f32,
            groups == 1 ? memory.format_tag.oihw : memory.format_tag.goihw);
    outputShape =
        new long[] {
          shape[0],
          geometry.outputHeight(shape[1]),
          geometry.outputWidth(shape[2]),
          key.outputChannels
        };
    strides = new long[] {geometry.strideHeight(), geometry.strideWidth()};
    dilations = new long[] {geometry.dilationHeight() - 1L, geometry.dilationWidth() - 1L};
    Padding vertical = geometry.verticalPadding(shape[1]);
    Padding horizontal = geometry.horizontalPadding(shape[2]);
    paddingBefore = new long[] {vertical.before(), horizontal.before()};
    paddingAfter = new long[] {vertical.after(), horizontal.after()};
  }

  /** {@code y := follower(x * weights + bias)}. */
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

  /** Gradients of weights and bias. */
  void backwardWeights(INDArray x, INDArray dy, ParameterSlices gradient, ArrayPool pool) {
    if (backwardWeights == null) {
      backwardWeights = new BackwardWeights();
    }
    backwardWeights.run(x, dy, gradient, pool);
  }

  private DataType products() {
    return key.x.type();
  }

  private memory.desc anyWeights(DataType type) {
    return new memory.desc(dimensions, OneDnn.type(type), memory.format_tag.any);
  }

  private memory.desc input(DataType type) {
    return OneDnn.images(type, key.x.shape());
  }

  private memory.desc output(DataType type) {
    return OneDnn.images(type, outputShape);
  }

  private memory.desc biasForm() {
    return OneDnn.row(DataType.FLOAT, key.outputChannels);
  }

  private convolution_forward.primitive_desc describe(DataType output, primitive_attr attributes) {
    return key.bias
        ? new convolution_forward.primitive_desc(
            library.engine(),
            dnnl_forward_training,
            dnnl_convolution_direct,
            input(products()),
            anyWeights(products()),
            biasForm(),
            output(output),
            strides,
            dilations,
            paddingBefore,
            paddingAfter,
            attributes,
            false)
        : new convolution_forward.primitive_desc(
            library.engine(),
            dnnl_forward_training,
            dnnl_convolution_direct,
            input(products()),
            anyWeights(products()),
            output(output),
            strides,
            dilations,
            paddingBefore,
            paddingAfter,
            attributes,
            false);
  }

  private final class Forward {
    private final Operation operation;
    private final WeightsForm weightsForm;
    private final Argument x;
    private final Argument weights;
    private final Argument bias;
    private final Argument y;

    Forward() {
      primitive_attr attributes = OneDnn.attributes();
      if (key.follower != Nonlinearity.IDENTITY) {
        post_ops follower = new post_ops();
        follower.append_eltwise(Elementwise.algorithm(key.follower), 0f, 0f);
        attributes.set_post_ops(follower);
      }
      convolution_forward.primitive_desc description = describe(key.output, attributes);
      operation = new Operation(library, description, new convolution_forward(description));
      weightsForm = new WeightsForm(library, plainWeights, description.weights_desc());
      x = operation.argument(DNNL_ARG_SRC, input(products()));
      weights = operation.argument(DNNL_ARG_WEIGHTS, weightsForm.form());
      bias = key.bias ? operation.argument(DNNL_ARG_BIAS, biasForm()) : null;
      y = operation.argument(DNNL_ARG_DST, output(key.output));
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
      convolution_backward_data.primitive_desc description =
          new convolution_backward_data.primitive_desc(
              library.engine(),
              dnnl_convolution_direct,
              input(key.output),
              anyWeights(products()),
              output(products()),
              strides,
              dilations,
              paddingBefore,
              paddingAfter,
              describe(products(), OneDnn.attributes()),
              OneDnn.attributes(),
              false);
      operation = new Operation(library, description, new convolution_backward_data(description));
      weightsForm = new WeightsForm(library, plainWeights, description.weights_desc());
      dy = operation.argument(DNNL_ARG_DIFF_DST, output(products()));
      weights = operation.argument(DNNL_ARG_WEIGHTS, weightsForm.form());
      dx = operation.argument(DNNL_ARG_DIFF_SRC, input(key.output));
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
    private final WeightsForm gradientForm;
    private final Argument x;
    private final Argument dy;
    private final Argument dWeights;
    private final Argument dBias;

    BackwardWeights() {
      convolution_forward.primitive_desc hint = describe(products(), OneDnn.attributes());
      convolution_backward_weights.primitive_desc description =
          key.bias
              ? new convolution_backward_weights.primitive_desc(
                  library.engine(),
                  dnnl_convolution_direct,
                  input(products()),
                  anyWeights(DataType.FLOAT),
                  biasForm(),
                  output(products()),
                  strides,
                  dilations,
                  paddingBefore,
                  paddingAfter,
                  hint,
                  OneDnn.attributes(),
                  false)
              : new convolution_backward_weights.primitive_desc(
                  library.engine(),
                  dnnl_convolution_direct,
                  input(products()),
                  anyWeights(DataType.FLOAT),
                  output(products()),
                  strides,
                  dilations,
                  paddingBefore,
                  paddingAfter,
                  hint,
                  OneDnn.attributes(),
                  false);
      operation =
          new Operation(library, description, new convolution_backward_weights(description));
      gradientForm = new WeightsForm(library, plainWeights, description.diff_weights_desc());
      x = operation.argument(DNNL_ARG_SRC, input(products()));
      dy = operation.argument(DNNL_ARG_DIFF_DST, output(products()));
      dWeights = operation.argument(DNNL_ARG_DIFF_WEIGHTS, gradientForm.form());
      dBias = key.bias ? operation.argument(DNNL_ARG_DIFF_BIAS, biasForm()) : null;
    }

    void run(INDArray input, INDArray gradient, ParameterSlices result, ArrayPool pool) {
      INDArray reordered = pool.borrow(gradientForm.length());
      x.set(input);
      dy.set(gradient);
      dWeights.set(reordered);
      if (dBias != null) {
        dBias.set(result.bias());
      }
      operation.run(pool);
      gradientForm.toPlain(reordered, result.weights(), pool);
      pool.giveBack(reordered);
    }
  }
}
