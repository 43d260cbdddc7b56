/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;

import org.bytedeco.dnnl.inner_product_backward_data;
import org.bytedeco.dnnl.inner_product_backward_weights;
import org.bytedeco.dnnl.inner_product_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * One matrix product and its gradients for one number of rows. The library's weights are {@code
 * [C_out, C_in]}, in whose plain order the inputs of one output lie side by side: the same memory
 * as a column-major {@code [C_in, C_out]}.
 */
final class DenseOperations extends LinearOperations {
  private final OneDnn library;
  private final LinearForm form;

  DenseOperations(OneDnn library, LinearForm form) {
    super(library, form);
    this.library = library;
    this.form = form;
  }

  @Override
  memory.desc input(DataType type) {
    return OneDnn.matrix(type, form.x().shape());
  }

  @Override
  memory.desc output(DataType type) {
    return OneDnn.matrix(type, form.x().shape()[0], form.outputChannels());
  }

  @Override
  memory.desc plainWeights() {
    return OneDnn.matrix(DataType.FLOAT, form.outputChannels(), form.x().shape()[1]);
  }

  private memory.desc anyWeights(DataType type) {
    return new memory.desc(
        new long[] {form.outputChannels(), form.x().shape()[1]},
        OneDnn.type(type),
        memory.format_tag.any);
  }

  @Override
  Described describeForward() {
    inner_product_forward.primitive_desc description =
        describe(form.result(), attributesWithFollower());
    return new Described(description, new inner_product_forward(description));
  }

  private inner_product_forward.primitive_desc describe(
      DataType output, primitive_attr attributes) {
    return form.hasChannelBias()
        ? new inner_product_forward.primitive_desc(
            library.engine(),
            dnnl_forward_training,
            input(form.products()),
            anyWeights(form.products()),
            bias(),
            output(output),
            attributes,
            false)
        : new inner_product_forward.primitive_desc(
            library.engine(),
            dnnl_forward_training,
            input(form.products()),
            anyWeights(form.products()),
            output(output),
            attributes,
            false);
  }

  @Override
  Described describeBackwardData() {
    inner_product_backward_data.primitive_desc description =
        new inner_product_backward_data.primitive_desc(
            library.engine(),
            input(form.result()),
            anyWeights(form.products()),
            output(form.products()),
            describe(form.products(), OneDnn.attributes()),
            OneDnn.attributes(),
            false);
    return new Described(description, new inner_product_backward_data(description));
  }

  @Override
  Described describeBackwardWeights() {
    inner_product_forward.primitive_desc hint = describe(form.products(), OneDnn.attributes());
    inner_product_backward_weights.primitive_desc description =
        form.hasChannelBias()
            ? new inner_product_backward_weights.primitive_desc(
                library.engine(),
                input(form.products()),
                anyWeights(DataType.FLOAT),
                bias(),
                output(form.products()),
                hint,
                OneDnn.attributes(),
                false)
            : new inner_product_backward_weights.primitive_desc(
                library.engine(),
                input(form.products()),
                anyWeights(DataType.FLOAT),
                output(form.products()),
                hint,
                OneDnn.attributes(),
                false);
    return new Described(description, new inner_product_backward_weights(description));
  }
}
