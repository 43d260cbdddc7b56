/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import java.util.List;
import org.anodespark.odelayers.solver.DenseStep;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The state at any time of a solve, from the interpolants of its steps. */
final class StateAlongTheWay {
  private final List<DenseStep> steps;

  /**
   * @param steps all steps of a solve in their order, at least one; must stay open
   */
  StateAlongTheWay(List<DenseStep> steps) {
    this.steps = steps;
  }

  /**
   * {@code out := y(t)}, at the ends of steps the very states there; a time that rounding has put
   * outside the solve counts as its nearest end.
   *
   * @param t between the first and the last time of the solve
   * @param out shape of y
   */
  void at(double t, INDArray out) {
    int low = 0;
    int high = steps.size() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (isBehind(t, steps.get(middle))) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    DenseStep dense = steps.get(low);
    double theta = (t - dense.step().start()) / dense.step().length();
    dense.interpolate(Math.min(1.0, Math.max(0.0, theta)), out);
  }

  private static boolean isBehind(double t, DenseStep dense) {
    return (t - dense.step().end()) * dense.step().length() > 0;
  }
}
