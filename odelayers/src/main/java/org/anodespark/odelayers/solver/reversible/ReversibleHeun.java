/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver.reversible;

import java.util.List;
import org.anodespark.odelayers.dynamics.KeptEvaluation;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.kernel.LinearCombination;
import org.anodespark.odelayers.memory.ArrayPool;
import org.anodespark.odelayers.solver.InvertibleStepMethod;
import org.anodespark.odelayers.solver.SlopeTape;
import org.anodespark.odelayers.solver.SolverState;
import org.anodespark.odelayers.solver.Step;
import org.anodespark.odelayers.solver.StepTape;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The reversible Heun method: one stage, order 2, invertible (Kidger, Foster, Li and Lyons,
 * "Efficient and Accurate Gradients for Neural SDEs", NeurIPS 2021, algorithms 1 and 2, here
 * without noise). The state carries a second solution w and its slope g = f(t, w) beside y, which
 * begin as y0 and f(t0, y0); a step is
 *
 * <pre>{@code
 * w' = 2 y - w + h g
 * g' = f(t + h, w')
 * y' = y + h/2 (g + g')
 * }</pre>
 *
 * <p>and it is undone by {@code w = 2 y' - w' - h g'}, {@code g = f(t, w)} and {@code y = y' - h/2
 * (g + g')}. That evaluation is at the start of the step, while the step's derivative needs the one
 * at its end, so undoing a step and differentiating it takes two.
 *
 * <p><b>Stability.</b> On {@code y' = lambda y} the amplification factors are {@code h lambda +-
 * sqrt(1 + (h lambda)^2)}: it is stable just where h lambda lies strictly between -i and i.
 * Oscillations neither grow nor fade, but where the solution decays, like exp(-a t), the difference
 * of y and w changes sign with every step and grows like exp(a t), however short the steps. So the
 * method suits fields that contract little over the interval, a (t1 - t0) of a few units at most,
 * and no stiff ones.
 */
public final class ReversibleHeun implements InvertibleStepMethod {
  private static final long serialVersionUID = 1L;

  /** Where the state carries w. */
  static final int SECOND = 0;

  /** Where the state carries g = f(t, w). */
  static final int SLOPE = 1;

  @Override
  public int order() {
    return 2;
  }

  @Override
  public int stages() {
    return 1;
  }

  /** Two: the second solution and its slope. */
  @Override
  public int carriedArrays() {
    return 2;
  }

  @Override
  public int startEvaluations() {
    return 1;
  }

  /** None: argument and result of the evaluation are carried by the state at the step's end. */
  @Override
  public int tapeArguments() {
    return 0;
  }

  @Override
  public int tapeResults() {
    return 0;
  }

  @Override
  public int inverseEvaluations() {
    return 1;
  }

  @Override
  public void start(VectorField field, double t, SolverState state, ArrayPool pool) {
    state.carried(SECOND).assign(state.y());
    field.evaluate(t, state.carried(SECOND), state.carried(SLOPE));
  }

  @Override
  public StepTape recordStart(VectorField field, double t, SolverState state, ArrayPool pool) {
    state.carried(SECOND).assign(state.y());
    return new ReversibleHeunStartTape(
        new SlopeTape(
            field.evaluateAndKeep(t, state.carried(SECOND), state.carried(SLOPE)), SLOPE, pool));
  }

  @Override
  public void advance(
      VectorField field,
      Step step,
      SolverState from,
      SolverState to,
      INDArray error,
      ArrayPool pool) {
    mirror(from, step.length(), to);
    field.evaluate(step.end(), to.carried(SECOND), to.carried(SLOPE));
    addTrapezium(from, to, step.length(), to.y());
  }

  @Override
  public StepTape record(
      VectorField field,
      Step step,
      SolverState from,
      SolverState to,
      INDArray error,
      ArrayPool pool) {
    mirror(from, step.length(), to);
    KeptEvaluation kept = field.evaluateAndKeep(step.end(), to.carried(SECOND), to.carried(SLOPE));
    addTrapezium(from, to, step.length(), to.y());
    return new ReversibleHeunTape(step.length(), kept, pool);
  }

  @Override
  public StepTape recordBackwards(
      VectorField field, Step step, SolverState after, SolverState before, ArrayPool pool) {
    mirror(after, -step.length(), before);
    field.evaluate(step.start(), before.carried(SECOND), before.carried(SLOPE));
    addTrapezium(after, before, -step.length(), before.y());
    // the slope after the step comes out with the bits that it has
    KeptEvaluation kept =
        field.evaluateAndKeep(step.end(), after.carried(SECOND), after.carried(SLOPE));
    return new ReversibleHeunTape(step.length(), kept, pool);
  }

  /** The second solution of one end of a step, from the other end. */
  private static void mirror(SolverState from, double h, SolverState to) {
    LinearCombination.assign(
        to.carried(SECOND),
        from.y(),
        new double[] {1, -1, h},
        List.of(from.y(), from.carried(SECOND), from.carried(SLOPE)));
  }

  /** {@code y := } the solution of one end of a step, from the other end and both slopes. */
  private static void addTrapezium(SolverState from, SolverState to, double h, INDArray y) {
    LinearCombination.assign(
        y,
        from.y(),
        new double[] {0.5 * h, 0.5 * h},
        List.of(from.carried(SLOPE), to.carried(SLOPE)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ReversibleHeun;
  }

  @Override
  public int hashCode() {
    return ReversibleHeun.class.hashCode();
  }

  @Override
  public String toString() {
    return "ReversibleHeun";
  }
}
