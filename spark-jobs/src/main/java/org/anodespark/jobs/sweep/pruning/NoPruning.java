/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.sweep.pruning;

import java.util.List;
import java.util.Optional;

/** All trials are trained to their end. */
final class NoPruning implements Pruning {
  private final int epochs;

  NoPruning(int epochs) {
    this.epochs = epochs;
  }

  @Override
  public List<Integer> rungs() {
    return List.of(epochs);
  }

  @Override
  public Optional<Decision> decide(List<Standing> standings) {
    return Optional.empty();
  }
}
