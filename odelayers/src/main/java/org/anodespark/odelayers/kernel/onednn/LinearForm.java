/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel.onednn;

import org.anodespark.odelayers.kernel.BiasForm;
import org.anodespark.odelayers.kernel.Nonlinearity;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * What the operations of every linear kernel depend on.
 *
 * @param x form of the input; its type is that of the products
 * @param result type of the output, or of the gradient of the input in the backward pass
 * @param outputChannels C_out
 * @param bias what is added to the sums
 * @param follower behind the sum
 */
record LinearForm(
    ArrayForm x, DataType result, long outputChannels, BiasForm bias, Nonlinearity follower) {

  DataType products() {
    return x.type();
  }

  /** Whether the library adds one number for each channel. */
  boolean hasChannelBias() {
    return bias == BiasForm.CHANNELS;
  }
}
