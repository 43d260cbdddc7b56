/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel;

import java.util.Locale;

/** Which kernels to use. */
public enum KernelChoice {
  /** The fastest that this machine has. */
  AUTO,
  /** oneDNN for float32 and bfloat16; double precision stays with ND4J. */
  ONEDNN,
  /** ND4J's own operations. */
  ND4J;

  /** The system property that chooses for a process. */
  public static final String PROPERTY = "org.anodespark.kernels";

  /**
   * The choice of this name, in any case.
   *
   * @throws IllegalArgumentException if there is none, naming those that there are
   */
  public static KernelChoice of(String name) {
    for (KernelChoice choice : values()) {
      if (choice.name().equalsIgnoreCase(name)) {
        return choice;
      }
    }
    throw new IllegalArgumentException(
        "There are no kernels \"" + name + "\"; expected auto, onednn or nd4j.");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
