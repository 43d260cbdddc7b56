/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import org.nd4j.shade.jackson.annotation.JsonProperty;

/** A strategy that keeps a given number of states at once. */
abstract class LimitedSnapshots extends SnapshotStrategy {
  private static final long serialVersionUID = 1L;

  private final int snapshots;

  LimitedSnapshots(int snapshots) {
    if (snapshots < 1) {
      throw new IllegalArgumentException("snapshots = " + snapshots + ", expected at least 1.");
    }
    this.snapshots = snapshots;
  }

  /** States kept at once, the initial one included. */
  @JsonProperty("snapshots")
  public final int snapshots() {
    return snapshots;
  }

  @Override
  @SuppressWarnings("EqualsGetClass") // class and number are the whole value
  public final boolean equals(Object other) {
    return other != null
        && other.getClass() == getClass()
        && snapshots == ((LimitedSnapshots) other).snapshots;
  }

  @Override
  public final int hashCode() {
    return 31 * getClass().hashCode() + snapshots;
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName() + "(" + snapshots + ")";
  }
}
