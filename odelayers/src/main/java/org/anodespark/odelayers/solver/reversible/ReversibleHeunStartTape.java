/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.reversible;

import org.anodespark.odelayers.kernel.LinearCombination;
import org.anodespark.odelayers.solver.SlopeTape;
import org.anodespark.odelayers.solver.SolverState;
import org.anodespark.odelayers.solver.StepTape;

/** The start of {@link ReversibleHeun}: the second solution is a copy of the first one. */
final class ReversibleHeunStartTape implements StepTape {
  private final SlopeTape slope;

  ReversibleHeunStartTape(SlopeTape slope) {
    this.slope = slope;
  }

  @Override
  public void pullback(SolverState adjoint) {
    slope.pullback(adjoint);
    LinearCombination.add(adjoint.y(), 1.0, adjoint.carried(ReversibleHeun.SECOND));
  }

  @Override
  public long keptBytes() {
    return slope.keptBytes();
  }

  @Override
  public void close() {
    slope.close();
  }
}
