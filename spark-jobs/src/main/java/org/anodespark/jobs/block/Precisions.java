/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.block;

import org.anodespark.odelayers.kernel.Precision;

/** What {@code model.precision} may be. */
public final class Precisions {
  /** The precision of each name; networks here have type float. */
  public static final Choices<Precision> CHOICES =
      Choices.<Precision>none().and("float32", Precision.NETWORK).and("bf16", Precision.BFLOAT16);

  private Precisions() {}

  /**
   * The precision of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Precision of(String name) {
    return CHOICES.get(name);
  }
}
