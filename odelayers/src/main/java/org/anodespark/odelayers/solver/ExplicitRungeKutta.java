/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import java.util.ArrayList;
import java.util.List;
import org.anodespark.odelayers.dynamics.KeptEvaluation;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.kernel.LinearCombination;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every explicit Runge-Kutta method and its discrete adjoint; a subclass names the tableau. */
public abstract class ExplicitRungeKutta implements StepMethod {
  private static final long serialVersionUID = 1L;

  /** The coefficients; the same object at each call. */
  protected abstract ButcherTableau tableau();

  @Override
  public final int stages() {
    return tableau().stages();
  }

  @Override
  public final void advance(
      VectorField field, double t, double h, INDArray y, INDArray next, ArrayPool pool) {
    List<INDArray> slopes = new ArrayList<>(stages());
    INDArray scratch = stages() > 1 ? pool.borrow(y.shape()) : null;
    for (int stage = 0; stage < stages(); stage++) {
      INDArray argument = stage == 0 ? y : stageArgument(scratch, h, y, stage, slopes);
      INDArray slope = pool.borrow(y.shape());
      field.evaluate(t + tableau().node(stage) * h, argument, slope);
      slopes.add(slope);
    }
    LinearCombination.assign(next, y, scaled(tableau().weights(), h), slopes);
    slopes.forEach(pool::giveBack);
    if (scratch != null) {
      pool.giveBack(scratch);
    }
  }

  @Override
  public final StepTape record(
      VectorField field, double t, double h, INDArray y, INDArray next, ArrayPool pool) {
    Tape tape = new Tape(h, pool);
    for (int stage = 0; stage < stages(); stage++) {
      INDArray argument =
          stage == 0 ? y : stageArgument(pool.borrow(y.shape()), h, y, stage, tape.slopes);
      INDArray slope = pool.borrow(y.shape());
      tape.evaluations.add(field.evaluateAndKeep(t + tableau().node(stage) * h, argument, slope));
      tape.slopes.add(slope);
      if (stage > 0) {
        tape.arguments.add(argument);
      }
    }
    LinearCombination.assign(next, y, scaled(tableau().weights(), h), tape.slopes);
    return tape;
  }

  private INDArray stageArgument(
      INDArray out, double h, INDArray y, int stage, List<INDArray> slopes) {
    LinearCombination.assign(out, y, scaled(tableau().row(stage), h), slopes);
    return out;
  }

  private static double[] scaled(double[] coefficients, double h) {
    for (int i = 0; i < coefficients.length; i++) {
      coefficients[i] *= h;
    }
    return coefficients;
  }

  @Override
  @SuppressWarnings("EqualsGetClass") // the class is the whole value of a method without settings
  public final boolean equals(Object other) {
    return other != null && other.getClass() == getClass();
  }

  @Override
  public final int hashCode() {
    return getClass().hashCode();
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName();
  }

  /**
   * The kept stages. With lambda the gradient after the step, from the last stage to the first:
   * {@code w_i = h b_i lambda + h * sum over j > i of a_ji z_j} and {@code z_i = f_y(Y_i)^T w_i};
   * then lambda grows by the sum of all {@code z_i} (Hager, 2000, in the form that holds for zero
   * weights too).
   */
  private final class Tape implements StepTape {
    private final double h;
    private final ArrayPool pool;
    private final List<INDArray> slopes = new ArrayList<>(stages());
    private final List<INDArray> arguments = new ArrayList<>(stages());
    private final List<KeptEvaluation> evaluations = new ArrayList<>(stages());

    Tape(double h, ArrayPool pool) {
      this.h = h;
      this.pool = pool;
    }

    @Override
    public void pullback(INDArray adjoint) {
      List<INDArray> terms = new ArrayList<>(stages());
      List<Integer> termStages = new ArrayList<>(stages());
      terms.add(adjoint);
      double[] weights = tableau().weights();
      for (int stage = stages() - 1; stage >= 0; stage--) {
        double[] coefficients = new double[terms.size()];
        coefficients[0] = h * weights[stage];
        for (int term = 1; term < terms.size(); term++) {
          coefficients[term] = h * tableau().row(termStages.get(term - 1))[stage];
        }
        INDArray cotangent = pool.borrow(adjoint.shape());
        LinearCombination.assign(cotangent, coefficients, terms);
        INDArray product = pool.borrow(adjoint.shape());
        evaluations.get(stage).pullback(cotangent, product);
        pool.giveBack(cotangent);
        freeStage(stage);
        terms.add(product);
        termStages.add(stage);
      }
      for (INDArray product : terms.subList(1, terms.size())) {
        LinearCombination.add(adjoint, 1.0, product);
        pool.giveBack(product);
      }
    }

    @Override
    public void close() {
      for (int stage = evaluations.size() - 1; stage >= 0; stage--) {
        freeStage(stage);
      }
    }

    /** Stages are freed from the last to the first, so each is the last of its list. */
    private void freeStage(int stage) {
      evaluations.remove(stage).close();
      pool.giveBack(slopes.remove(stage));
      if (stage > 0) {
        pool.giveBack(arguments.remove(stage - 1));
      }
    }
  }
}
