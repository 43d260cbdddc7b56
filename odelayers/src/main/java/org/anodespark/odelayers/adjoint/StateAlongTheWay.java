/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import java.util.List;
import org.anodespark.odelayers.solver.DenseStep;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The state at any time of a solve, from the interpolants of its steps. */
final class StateAlongTheWay {
  private final List<DenseStep> steps;

  StateAlongTheWay(List<DenseStep> steps) {
    this.steps = steps;
  }

  /** {@code out := y(t)}; outside the solve the nearest step is extended. */
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
    dense.interpolate((t - dense.step().start()) / dense.step().length(), out);
  }

  private static boolean isBehind(double t, DenseStep dense) {
    return (t - dense.step().end()) * dense.step().length() > 0;
  }
}
