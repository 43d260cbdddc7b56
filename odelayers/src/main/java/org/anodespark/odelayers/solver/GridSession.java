/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Takes the steps of a grid, whatever comes out. */
public final class GridSession implements StepSession {
  private final TimeGrid grid;
  private int next;

  public GridSession(TimeGrid grid) {
    this.grid = grid;
  }

  @Override
  public boolean needsError() {
    return false;
  }

  @Override
  public Step next() {
    return grid.step(next);
  }

  @Override
  public boolean accept(INDArray before, INDArray after, INDArray error) {
    next++;
    return true;
  }
}
