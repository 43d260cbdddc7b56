/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.block;

import org.anodespark.odelayers.kernel.KernelChoice;

/** What {@code spark.kernels} may be. */
public final class KernelChoices {
  /** The choice of each name. */
  public static final Choices<KernelChoice> CHOICES =
      Choices.<KernelChoice>none()
          .and("auto", KernelChoice.AUTO)
          .and("onednn", KernelChoice.ONEDNN)
          .and("nd4j", KernelChoice.ND4J);

  private KernelChoices() {}

  /**
   * The Java option by which a process computes with them.
   *
   * @throws IllegalArgumentException if there is no such name
   */
  public static String javaOption(String name) {
    return "-D" + KernelChoice.PROPERTY + "=" + CHOICES.get(name);
  }
}
