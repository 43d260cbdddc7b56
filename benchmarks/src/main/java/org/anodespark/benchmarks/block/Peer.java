/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.block;

import java.util.Locale;

/** Whom odelayers is compared with. */
public enum Peer {
  /** Deeplearning4j's own layers. */
  STOCK,
  /** libtorch through DJL. */
  LIBTORCH,
  /** PyTorch in Python. */
  PYTHON;

  /** As typed. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
