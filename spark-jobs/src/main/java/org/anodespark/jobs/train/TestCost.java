/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import java.util.Map;
import org.anodespark.odelayers.solver.SolveStatistics;

/**
 * What the solves of an evaluation took, in all ODE blocks together, on average over its
 * minibatches.
 *
 * @param evaluations of f, for one minibatch
 * @param rejectedSteps likewise
 */
public record TestCost(double evaluations, double rejectedSteps) {
  /** That of a network without ODE blocks. */
  public static final TestCost NONE = new TestCost(0, 0);

  /** Adds up the solves of minibatches. */
  static final class Sum {
    private long minibatches;
    private long evaluations;
    private long rejectedSteps;

    /**
     * Adds those of one minibatch.
     *
     * @param ofBlocks by name of the block
     */
    void add(Map<String, SolveStatistics> ofBlocks) {
      minibatches++;
      for (SolveStatistics block : ofBlocks.values()) {
        evaluations += block.forwardEvaluations();
        rejectedSteps += block.rejectedSteps();
      }
    }

    TestCost mean() {
      return minibatches == 0
          ? NONE
          : new TestCost((double) evaluations / minibatches, (double) rejectedSteps / minibatches);
    }
  }
}
