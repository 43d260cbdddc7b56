/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.stochastic.rungekutta;

import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.SolverState;
import org.anodespark.odelayers.solver.StepCotangent;
import org.anodespark.odelayers.solver.StepTape;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The discrete adjoint of one step at fixed h, dW and dZ. From the gradient lambda with respect to
 * the result come those of all drifts and diffusions, {@code h alpha_i lambda} and {@code (dW
 * beta1_i + chi1 beta2_i + chi2 beta3_i + chi3 beta4_i) lambda}; then, from the last stage to the
 * first, each is pulled back through its evaluation, and the gradient with respect to the
 * evaluation's argument is handed on to the state and to the stages that the argument is made of.
 * Cotangents of E and S are added where these are made: at the drifts, the diffusions, the last two
 * arguments and both states.
 */
final class StochasticTape implements StepTape {
  private final StochasticStages stages;
  private final StochasticTableau tableau;
  private final ArrayPool pool;
  private final double h;

  StochasticTape(StochasticStages stages) {
    this.stages = stages;
    this.tableau = stages.tableau();
    this.pool = stages.pool();
    this.h = stages.step().length();
  }

  @Override
  public void pullback(SolverState adjoint) {
    stages.noise().computeIntegrals();
    Pullback pullback = new Pullback(adjoint.y());
    pullback.seed();
    for (int stage = tableau.stages() - 1; stage >= 0; stage--) {
      pullback.throughDiffusion(stage);
      pullback.throughDrift(stage);
    }
    pullback.close();
    stages.noise().giveBackIntegrals();
  }

  @Override
  public long keptBytes() {
    return stages.keptBytes();
  }

  @Override
  public void close() {
    stages.close();
  }

  /** The gradients with respect to all that the step computes, while they come about. */
  private final class Pullback {
    private final INDArray lambda;
    private final INDArray atStart;
    private final INDArray[] ofDrifts = new INDArray[tableau.stages()];
    private final INDArray[] ofDiffusions = new INDArray[tableau.stages()];

    /** Null unless the stiffness has a weight. */
    private INDArray ofLastArgument;

    /**
     * @param lambda gradient after the step, receives the one before it
     */
    Pullback(INDArray lambda) {
      this.lambda = lambda;
      this.atStart = pool.borrow(lambda.shape());
      atStart.assign(0.0);
    }

    void seed() {
      INDArray ofError = seedError();
      for (int stage = 0; stage < tableau.stages(); stage++) {
        if (tableau.usesDrift(stage)) {
          ofDrifts[stage] = seedDrift(stage, ofError);
        }
        if (tableau.usesDiffusion(stage)) {
          ofDiffusions[stage] = seedDiffusion(stage, ofError);
        }
      }
      if (ofError != null) {
        pool.giveBack(ofError);
      }
      seedStiffness();
    }

    private StepCotangent cotangent() {
      return stages.method().journal().cotangent(stages.step());
    }

    /** Null if the loss does not depend on the error. */
    private INDArray seedError() {
      if (stages.estimates() == null || stages.estimates().measure().error() == 0) {
        return null;
      }
      double weight = cotangent().error();
      return weight == 0 ? null : stages.estimates().pullbackError(weight, atStart, lambda);
    }

    private void seedStiffness() {
      if (stages.estimates() == null || stages.estimates().measure().stiffness() == 0) {
        return;
      }
      double weight = cotangent().stiffness();
      if (weight != 0) {
        int last = tableau.stages() - 1;
        ofLastArgument =
            stages.estimates().pullbackStiffness(weight, ofDrifts[last], ofDrifts[last - 1]);
      }
    }

    private INDArray seedDrift(int stage, INDArray ofError) {
      INDArray seed = pool.borrow(lambda.shape());
      WeightedSum sum = new WeightedSum().plus(h * tableau.alpha(stage), lambda);
      if (ofError != null) {
        sum.plus(StochasticStages.DRIFT_IN_ERROR * h, ofError);
      }
      sum.assignTo(seed);
      return seed;
    }

    private INDArray seedDiffusion(int stage, INDArray ofError) {
      INDArray seed = pool.borrow(lambda.shape());
      noise(stage, 0).assignTo(seed);
      seed.muli(lambda);
      if (ofError != null) {
        INDArray inError = pool.borrow(lambda.shape());
        noise(stage, StochasticTableau.INTEGRAL).assignTo(inError);
        inError.muli(ofError);
        add(seed, 1, inError);
        pool.giveBack(inError);
      }
      return seed;
    }

    /** What a diffusion is multiplied by, from one kind of noise on. */
    private WeightedSum noise(int stage, int firstKind) {
      WeightedSum sum = new WeightedSum();
      for (int kind = firstKind; kind < StochasticTableau.NOISES; kind++) {
        sum.plus(tableau.beta(kind, stage), stages.noise().kind(kind));
      }
      return sum;
    }

    void throughDiffusion(int stage) {
      if (!tableau.usesDiffusion(stage)) {
        return;
      }
      INDArray ofArgument = pool.borrow(lambda.shape());
      stages.diffusionEvaluation(stage).pullback(ofDiffusions[stage], 1.0, ofArgument);
      add(atStart, 1, ofArgument);
      for (int j = 0; j < stage; j++) {
        add(ofDrifts[j], h * tableau.a1(stage, j), ofArgument);
        add(ofDiffusions[j], Math.sqrt(h) * tableau.b1(stage, j), ofArgument);
      }
      pool.giveBack(ofArgument);
    }

    void throughDrift(int stage) {
      if (!tableau.usesDrift(stage)) {
        return;
      }
      INDArray ofArgument = pool.borrow(lambda.shape());
      stages.driftEvaluation(stage).pullback(ofDrifts[stage], 1.0, ofArgument);
      addStiffness(stage, ofArgument);
      add(atStart, 1, ofArgument);
      for (int j = 0; j < stage; j++) {
        add(ofDrifts[j], h * tableau.a0(stage, j), ofArgument);
      }
      if (tableau.usesNoiseInDrift(stage)) {
        ofArgument.muli(stages.noise().kind(StochasticTableau.INTEGRAL));
        for (int j = 0; j < stage; j++) {
          add(ofDiffusions[j], tableau.b0(stage, j), ofArgument);
        }
      }
      pool.giveBack(ofArgument);
    }

    private void addStiffness(int stage, INDArray ofArgument) {
      int fromLast = tableau.stages() - 1 - stage;
      if (ofLastArgument != null && fromLast < 2) {
        add(ofArgument, fromLast == 0 ? 1 : -1, ofLastArgument);
      }
    }

    private void add(INDArray target, double factor, INDArray term) {
      if (factor != 0) {
        new WeightedSum().plus(factor, term).addTo(target, target);
      }
    }

    void close() {
      add(lambda, 1, atStart);
      pool.giveBack(atStart);
      giveBack(ofDrifts);
      giveBack(ofDiffusions);
      if (ofLastArgument != null) {
        pool.giveBack(ofLastArgument);
      }
    }

    private void giveBack(INDArray[] arrays) {
      for (INDArray array : arrays) {
        if (array != null) {
          pool.giveBack(array);
        }
      }
    }
  }
}
