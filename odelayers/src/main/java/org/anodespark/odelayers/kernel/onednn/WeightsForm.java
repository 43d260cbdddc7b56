/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.onednn;

import org.anodespark.odelayers.kernel.Weights;
import org.anodespark.odelayers.memory.ArrayPool;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An order in memory that a primitive wants its weights in, and the way there. */
final class WeightsForm {
  private final memory.desc form;
  private final OneDnnConversion.Reordering fromPlain;

  /**
   * @param plain the weights as the layer keeps them
   * @param form as the primitive wants them
   */
  WeightsForm(OneDnn library, memory.desc plain, memory.desc form) {
    this.form = form;
    fromPlain = new OneDnnConversion.Reordering(library, plain, form);
  }

  memory.desc form() {
    return form;
  }

  /** The weights in this form; reordered at the first call. */
  INDArray of(Weights weights, ArrayPool pool) {
    return weights.in(
        this,
        OneDnn.floats(form.get_size()),
        (plain, reordered) -> fromPlain.run(plain, reordered, pool));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WeightsForm that && form.equals(that.form);
  }

  /** Forms have no numbers of their own that could be hashed; few of them meet in one map. */
  @Override
  public int hashCode() {
    return Long.hashCode(form.get_size());
  }
}
