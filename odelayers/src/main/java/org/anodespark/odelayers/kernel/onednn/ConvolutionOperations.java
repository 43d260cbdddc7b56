/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_direct;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;

import org.anodespark.odelayers.kernel.ConvolutionGeometry;
import org.anodespark.odelayers.kernel.Padding;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.nd4j.linalg.api.buffer.DataType;

/** One convolution and its gradients for one shape of images. */
final class ConvolutionOperations extends LinearOperations {
  private final OneDnn library;
  private final LinearForm form;
  private final int groups;
  private final long[] dimensions;
  private final long[] outputShape;
  private final long[] strides;
  private final long[] dilations;
  private final long[] paddingBefore;
  private final long[] paddingAfter;

  /**
   * What the operations depend on.
   *
   * @param form of the arrays
   * @param geometry of the window
   */
  record Key(LinearForm form, ConvolutionGeometry geometry) {}

  ConvolutionOperations(OneDnn library, Key key) {
    super(library, key.form);
    this.library = library;
    form = key.form;
    ConvolutionGeometry geometry = key.geometry;
    long[] shape = form.x().shape();
    groups = geometry.groups();
    dimensions =
        groups == 1
            ? new long[] {
              form.outputChannels(), shape[3], geometry.kernelHeight(), geometry.kernelWidth()
            }
            : new long[] {
              groups,
              form.outputChannels() / groups,
              shape[3] / groups,
              geometry.kernelHeight(),
              geometry.kernelWidth()
            };
    outputShape =
        new long[] {
          shape[0],
          geometry.outputHeight(shape[1]),
          geometry.outputWidth(shape[2]),
          form.outputChannels()
        };
    strides = new long[] {geometry.strideHeight(), geometry.strideWidth()};
    dilations = new long[] {geometry.dilationHeight() - 1L, geometry.dilationWidth() - 1L};
    Padding vertical = geometry.verticalPadding(shape[1]);
    Padding horizontal = geometry.horizontalPadding(shape[2]);
    paddingBefore = new long[] {vertical.before(), horizontal.before()};
    paddingAfter = new long[] {vertical.after(), horizontal.after()};
  }

  @Override
  memory.desc input(DataType type) {
    return OneDnn.images(type, form.x().shape());
  }

  @Override
  memory.desc output(DataType type) {
    return OneDnn.images(type, outputShape);
  }

  @Override
  memory.desc plainWeights() {
    return new memory.desc(
        dimensions,
        memory.data_type.f32,
        groups == 1 ? memory.format_tag.oihw : memory.format_tag.goihw);
  }

  private memory.desc anyWeights(DataType type) {
    return new memory.desc(dimensions, OneDnn.type(type), memory.format_tag.any);
  }

  @Override
  Described describeForward() {
    convolution_forward.primitive_desc description =
        describe(form.result(), attributesWithFollower());
    return new Described(description, new convolution_forward(description));
  }

  private convolution_forward.primitive_desc describe(DataType output, primitive_attr attributes) {
    return form.hasChannelBias()
        ? new convolution_forward.primitive_desc(
            library.engine(),
            dnnl_forward_training,
            dnnl_convolution_direct,
            input(form.products()),
            anyWeights(form.products()),
            bias(),
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
            input(form.products()),
            anyWeights(form.products()),
            output(output),
            strides,
            dilations,
            paddingBefore,
            paddingAfter,
            attributes,
            false);
  }

  @Override
  Described describeBackwardData() {
    convolution_backward_data.primitive_desc description =
        new convolution_backward_data.primitive_desc(
            library.engine(),
            dnnl_convolution_direct,
            input(form.result()),
            anyWeights(form.products()),
            output(form.products()),
            strides,
            dilations,
            paddingBefore,
            paddingAfter,
            describe(form.products(), OneDnn.attributes()),
            OneDnn.attributes(),
            false);
    return new Described(description, new convolution_backward_data(description));
  }

  @Override
  Described describeBackwardWeights() {
    convolution_forward.primitive_desc hint = describe(form.products(), OneDnn.attributes());
    convolution_backward_weights.primitive_desc description =
        form.hasChannelBias()
            ? new convolution_backward_weights.primitive_desc(
                library.engine(),
                dnnl_convolution_direct,
                input(form.products()),
                anyWeights(DataType.FLOAT),
                bias(),
                output(form.products()),
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
                input(form.products()),
                anyWeights(DataType.FLOAT),
                output(form.products()),
                strides,
                dilations,
                paddingBefore,
                paddingAfter,
                hint,
                OneDnn.attributes(),
                false);
    return new Described(description, new convolution_backward_weights(description));
  }
}
