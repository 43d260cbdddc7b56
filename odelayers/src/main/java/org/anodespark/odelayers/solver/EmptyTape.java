/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

/** The tape of a start that has nothing to do. */
enum EmptyTape implements StepTape {
  INSTANCE;

  @Override
  public void pullback(SolverState adjoint) {
    // y goes in as it is, so its gradient comes out as it is
  }

  @Override
  public long keptBytes() {
    return 0;
  }

  @Override
  public void close() {
    // nothing is kept
  }
}
