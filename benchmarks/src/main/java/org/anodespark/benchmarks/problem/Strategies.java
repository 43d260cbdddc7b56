/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.problem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.anodespark.odelayers.adjoint.OnlineCheckpoint;
import org.anodespark.odelayers.adjoint.ReverseTime;
import org.anodespark.odelayers.adjoint.Revolve;
import org.anodespark.odelayers.adjoint.StepCheckpoint;

/** The adjoint strategies by name; every one works with every {@link BlockMethod}. */
public final class Strategies {
  /** Keeps every evaluation, as plain automatic differentiation does. */
  public static final String STORED = "FullStorage";

  /** Solves once more in the backward pass. */
  public static final String CHECKPOINTED = "AnodeCheckpoint";

  private static final int SNAPSHOTS = 4;
  private static final Map<String, AdjointStrategy> BY_NAME = new LinkedHashMap<>();

  static {
    for (AdjointStrategy strategy :
        List.of(
            new FullStorage(),
            new AnodeCheckpoint(),
            new StepCheckpoint(),
            new Revolve(SNAPSHOTS),
            new OnlineCheckpoint(SNAPSHOTS),
            new ReverseTime())) {
      BY_NAME.put(strategy.getClass().getSimpleName(), strategy);
    }
  }

  private Strategies() {}

  /** All names. */
  public static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  /**
   * Finds a strategy.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static AdjointStrategy of(String name) {
    AdjointStrategy strategy = BY_NAME.get(name);
    if (strategy == null) {
      throw new IllegalArgumentException(
          "'" + name + "' is no strategy; expected one of " + names() + ".");
    }
    return strategy;
  }
}
