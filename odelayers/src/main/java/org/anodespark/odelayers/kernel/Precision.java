/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel;

import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonValue;

/**
 * In which type images are kept and convolved. Parameters, their gradients, the statistics of
 * normalisations and the sums of solvers have the network's type in any case.
 */
public enum Precision {
  /** The network's own type. */
  NETWORK("network"),
  /**
   * bfloat16 (8 bits of exponent, 8 of significand), in networks of float32: half the memory, and
   * on processors with instructions for it twice the speed. Only with kernels that {@linkplain
   * Kernels#takesBfloat16 take it}.
   */
  BFLOAT16("bf16");

  private final String label;

  Precision(String label) {
    this.label = label;
  }

  /** The name in JSON. */
  @JsonValue
  public String label() {
    return label;
  }

  /**
   * Type of the images in a network of the given type.
   *
   * @throws IllegalStateException if the network or this machine's kernels do not allow it
   */
  public DataType images(DataType network) {
    if (this == NETWORK) {
      return network;
    }
    if (network != DataType.FLOAT) {
      throw new IllegalStateException(
          "The precision bf16 is for networks of type FLOAT, not "
              + network
              + "; leave the precision out, or change the network's type.");
    }
    Kernels kernels = KernelBackend.kernels(network);
    if (!kernels.takesBfloat16()) {
      throw new IllegalStateException(
          "The precision bf16 needs oneDNN, but the kernels here are those of "
              + kernels.name()
              + "; leave the precision out, or let the kernels be chosen automatically.");
    }
    return DataType.BFLOAT16;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
