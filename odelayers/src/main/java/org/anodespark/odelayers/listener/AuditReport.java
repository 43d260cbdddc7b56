/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.listener;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.Exactness;
import org.deeplearning4j.nn.api.Model;

/**
 * Says in words what an audit found.
 *
 * @param result the numbers
 * @param threshold largest relative error that is fine
 * @param strategies where the gradient came from, by name of the block
 */
record AuditReport(
    GradientAudit.Result result, double threshold, Map<String, AdjointStrategy> strategies) {

  static AuditReport of(GradientAudit.Result result, double threshold, Model network) {
    Map<String, AdjointStrategy> strategies = new LinkedHashMap<>();
    OdeBlocks.of(network)
        .forEach((name, block) -> strategies.put(name, OdeBlocks.bean(block).getAdjoint()));
    return new AuditReport(result, threshold, strategies);
  }

  /** Whether both errors are below the threshold; NaN is not. */
  boolean passed() {
    return followsTheLoss() && agreesWithFullStorage();
  }

  private boolean followsTheLoss() {
    return result.relativeErrorToDifferences() <= threshold;
  }

  private boolean agreesWithFullStorage() {
    return result.relativeErrorToFullStorage() <= threshold;
  }

  /** All numbers, and the strategies. */
  String summary() {
    return String.format(
        Locale.ROOT,
        "Gradient at iteration %d along a random direction: %.9g, by central differences %.9g, with"
            + " FullStorage %.9g; relative errors: to the differences %.2g, to the gradient with"
            + " FullStorage %.2g (threshold %.2g); strategies: %s.",
        result.iteration(),
        result.directionalDerivative(),
        result.centralDifference(),
        result.fullStorage(),
        result.relativeErrorToDifferences(),
        result.relativeErrorToFullStorage(),
        threshold,
        strategies);
  }

  /** What to do about an audit that was not passed. */
  String advice() {
    if (agreesWithFullStorage()) {
      return "FullStorage gives the same gradient, so no strategy is the cause. Check the backward"
          + " pass of layers and loss functions of your own; where rectifiers or adaptive steps"
          + " make the loss rough, or the gradient is next to nothing, raise the threshold.";
    }
    Map<String, AdjointStrategy> inexact = new LinkedHashMap<>(strategies);
    inexact.values().removeIf(strategy -> strategy.exactness() == Exactness.EXACT);
    return inexact.isEmpty()
        ? "All strategies promise the gradient of FullStorage and one of "
            + strategies
            + " does not give it: use AnodeCheckpoint instead, and report this."
        : "Strategies that are not exact are in use: "
            + inexact
            + ". Take more steps in these blocks, or use AnodeCheckpoint there.";
  }
}
