/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.onednn;

import org.anodespark.odelayers.kernel.Weights;
import org.anodespark.odelayers.memory.ArrayPool;
import org.bytedeco.dnnl.memory;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An order in memory that a primitive wants its weights in, and the ways there and back. */
final class WeightsForm {
  private final memory.desc form;
  private final OneDnnConversion.Reordering fromPlain;
  private final OneDnnConversion.Reordering toPlain;

  /**
   * @param plain the weights as the layer keeps them
   * @param form as the primitive wants them
   */
  WeightsForm(OneDnn library, memory.desc plain, memory.desc form) {
    this.form = form;
    fromPlain = new OneDnnConversion.Reordering(library, plain, form);
    toPlain = new OneDnnConversion.Reordering(library, form, plain);
  }

  memory.desc form() {
    return form;
  }

  /** The weights in this form; reordered at the first call. */
  INDArray of(Weights weights, ArrayPool pool) {
    return weights.in(this, length(), (plain, reordered) -> fromPlain.run(plain, reordered, pool));
  }

  /** Entries of float32 that weights in this form take. */
  long length() {
    return OneDnn.floats(form.get_size());
  }

  /** Writes weights in this form into the order of the layer. */
  void toPlain(INDArray reordered, INDArray plain, ArrayPool pool) {
    toPlain.run(reordered, plain, pool);
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
