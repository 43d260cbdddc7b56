/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.data;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The parts of a data set, in the order in which the manifest lists them. */
public enum SplitName {
  /** To learn from. */
  TRAIN,
  /** To decide by during training, such as when to stop; not every data set has it. */
  VALIDATION,
  /** To judge by in the end. */
  TEST;

  /**
   * {@code train}, {@code validation} or {@code test}: the start of shard names, and the key in the
   * manifest.
   */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The split with this {@link #text()}. */
  public static Optional<SplitName> of(String text) {
    return Arrays.stream(values()).filter(split -> split.text().equals(text)).findFirst();
  }
}
