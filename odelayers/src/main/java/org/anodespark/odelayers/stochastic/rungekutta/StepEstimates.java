/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.stochastic.rungekutta;

import org.anodespark.odelayers.solver.StepMeasure;
import org.anodespark.odelayers.solver.Tolerance;
import org.anodespark.odelayers.solver.control.ErrorNorm;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The estimates of one step and their derivatives. With e the error estimate, c its scale and N the
 * number of entries, {@code E = sqrt(mean((e / c)^2))}; with k and G the drifts of the last two
 * stages and their arguments, {@code S = |k' - k| / |G' - G|} in the Euclidean norm (Pal et al.,
 * "Opening the blackbox", ICML 2021).
 */
final class StepEstimates {
  private final StochasticStages stages;

  /** Null if errors are not measured. */
  private final Tolerance tolerance;

  private final INDArray error;
  private final INDArray driftDifference;
  private final StepMeasure measure;

  /**
   * Both arrays are the step's.
   *
   * @param error the estimate, stays as it is; null if errors are not measured
   * @param driftDifference receives the difference of the last two drifts; null if stiffness is not
   *     measured
   */
  StepEstimates(StochasticStages stages, INDArray error, INDArray driftDifference) {
    this.stages = stages;
    this.tolerance = stages.method().journal().tolerance().orElse(null);
    this.error = error;
    this.driftDifference = driftDifference;
    measure =
        new StepMeasure(
            stages.step().length(),
            error == null ? 0 : size(),
            driftDifference == null ? 0 : stiffness());
  }

  /** E and S of the step. */
  StepMeasure measure() {
    return measure;
  }

  private double size() {
    INDArray scale = borrowScale();
    INDArray copy = stages.pool().borrow(error.shape());
    copy.assign(error);
    double size = ErrorNorm.BATCH_RMS.of(copy, scale);
    stages.pool().giveBack(copy);
    stages.pool().giveBack(scale);
    return size;
  }

  private INDArray borrowScale() {
    return tolerance.scale(stages.start(), stages.end(), stages.pool());
  }

  private double stiffness() {
    int last = stages.tableau().stages() - 1;
    new WeightedSum()
        .plus(1, stages.drift(last))
        .plus(-1, stages.drift(last - 1))
        .assignTo(driftDifference);
    INDArray difference = borrowArgumentDifference();
    double distance = difference.norm2Number().doubleValue();
    stages.pool().giveBack(difference);
    return distance == 0 ? 0 : driftDifference.norm2Number().doubleValue() / distance;
  }

  private INDArray borrowArgumentDifference() {
    int last = stages.tableau().stages() - 1;
    INDArray difference = stages.pool().borrow(driftDifference.shape());
    new WeightedSum()
        .plus(1, stages.argumentOfDrift(last))
        .plus(-1, stages.argumentOfDrift(last - 1))
        .assignTo(difference);
    return difference;
  }

  /**
   * The gradient of {@code weight * E}.
   *
   * @param atStart the gradient with respect to the state before the step grows here
   * @param atEnd the gradient with respect to the state after the step grows here
   * @return the gradient with respect to e, borrowed, to be given back by the caller
   */
  INDArray pullbackError(double weight, INDArray atStart, INDArray atEnd) {
    INDArray scale = borrowScale();
    INDArray ofError = stages.pool().borrow(error.shape());
    ofError.assign(error).divi(scale);
    INDArray ofScale = ofError.mul(ofError).negi();
    double factor = weight / (error.length() * measure.error());
    ofError.divi(scale).muli(factor);
    ofScale.divi(scale).muli(factor * tolerance.relative());
    INDArray startIsLarger =
        Transforms.abs(stages.start()).gt(Transforms.abs(stages.end())).castTo(error.dataType());
    atStart.addi(Transforms.sign(stages.start()).muli(ofScale).muli(startIsLarger));
    atEnd.addi(Transforms.sign(stages.end()).muli(ofScale).muli(startIsLarger.rsub(1.0)));
    stages.pool().giveBack(scale);
    return ofError;
  }

  /**
   * The gradient of {@code weight * S}.
   *
   * @param last the gradient with respect to the last drift grows here
   * @param beforeLast the gradient with respect to the drift before it grows here
   * @return the gradient with respect to the last drift's argument, and the negative one with
   *     respect to the argument before it; borrowed, to be given back by the caller
   */
  INDArray pullbackStiffness(double weight, INDArray last, INDArray beforeLast) {
    INDArray difference = borrowArgumentDifference();
    double distance = difference.norm2Number().doubleValue();
    double ofDrift = weight / (distance * driftDifference.norm2Number().doubleValue());
    new WeightedSum().plus(ofDrift, driftDifference).addTo(last, last);
    new WeightedSum().plus(-ofDrift, driftDifference).addTo(beforeLast, beforeLast);
    difference.muli(-weight * measure.stiffness() / (distance * distance));
    return difference;
  }
}
