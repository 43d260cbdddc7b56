/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.rungekutta;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.StageIntegrand;
import org.anodespark.odelayers.solver.Step;
import org.anodespark.odelayers.solver.StepJournal;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The integrals of a journal over one step, by the weights of the tableau, and their gradient. */
final class StageQuadrature {
  private final ButcherTableau tableau;
  private final Step step;
  private final StepJournal journal;
  private final VectorField field;
  private final ArrayPool pool;
  private final Double[] sums;

  StageQuadrature(
      ButcherTableau tableau, Step step, StepJournal journal, VectorField field, ArrayPool pool) {
    this.tableau = tableau;
    this.step = step;
    this.journal = journal;
    this.field = field;
    this.pool = pool;
    this.sums = new Double[journal.integrands().size()];
    Arrays.fill(sums, 0.0);
  }

  /** Adds what a stage contributes. */
  void add(int stage, INDArray argument, INDArray slope) {
    if (weight(stage) == 0) {
      return;
    }
    for (int i = 0; i < sums.length; i++) {
      StageIntegrand integrand = journal.integrands().get(i);
      sums[i] += weight(stage) * integrand.value(field, time(stage), argument, slope, pool);
    }
  }

  /** The integrals, once every stage was added. */
  List<Double> values() {
    return List.of(sums);
  }

  /**
   * The gradient of the integrals times their weights in the loss.
   *
   * @param arguments of the stages
   * @param slopes of the stages, asked for only if an integrand reads them
   * @param seeds receive it
   */
  void seed(IntFunction<INDArray> arguments, IntFunction<INDArray> slopes, StageSeeds seeds) {
    for (int i = 0; i < sums.length; i++) {
      double ofIntegral = journal.integralWeight(i);
      if (ofIntegral == 0) {
        continue;
      }
      StageIntegrand integrand = journal.integrands().get(i);
      for (int stage = 0; stage < tableau.stages(); stage++) {
        double weight = ofIntegral * weight(stage);
        if (weight != 0) {
          if (integrand.readsSlope()) {
            seedSlope(integrand, stage, slopes.apply(stage), weight, seeds);
          } else {
            seedArgument(integrand, stage, arguments.apply(stage), weight, seeds);
          }
        }
      }
    }
  }

  private void seedSlope(
      StageIntegrand integrand, int ofStage, INDArray slope, double weight, StageSeeds seeds) {
    INDArray gradient = zeros(slope);
    integrand.addToSlope(slope, weight, gradient);
    seeds.toSlopes(gradient, stage -> stage == ofStage ? 1 : 0);
  }

  private void seedArgument(
      StageIntegrand integrand, int stage, INDArray argument, double weight, StageSeeds seeds) {
    INDArray gradient = zeros(argument);
    integrand.addToArgument(field, time(stage), argument, weight, gradient, pool);
    if (stage == 0) {
      seeds.toStart(gradient);
    } else {
      seeds.toArgument(stage, gradient);
    }
  }

  private INDArray zeros(INDArray like) {
    INDArray zeros = pool.borrow(like.shape());
    zeros.assign(0.0);
    return zeros;
  }

  /** A solve backwards in time counts its lengths like any other. */
  private double weight(int stage) {
    return Math.abs(step.length()) * tableau.b(stage);
  }

  private double time(int stage) {
    return step.time(tableau.c(stage));
  }
}
