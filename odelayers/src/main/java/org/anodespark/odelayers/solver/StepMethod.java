/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import java.io.Serializable;
import org.anodespark.odelayers.dynamics.VectorField;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/**
 * One step of a method for initial value problems: state in, state out, nothing remembered. A
 * configuration bean: Jackson can write and read it, {@code equals} goes by value.
 *
 * <p>States are C-ordered contiguous arrays of one shape; times are plain doubles. A method of
 * one's own implements {@link #order}, {@link #stages}, {@link #advance} and {@link #record}, and
 * says what a recorded step holds; the rest has defaults that suit a method whose state is y alone.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
public interface StepMethod extends Serializable {
  /** Order of convergence p: the global error shrinks with h^p on smooth problems. */
  int order();

  /**
   * Evaluations of f in one step that serve nothing else. For an implicit method, which needs as
   * many as its iteration takes, those that a recorded step keeps.
   */
  int stages();

  /** Whether {@link #stages} is the exact number of evaluations, so that costs are known ahead. */
  default boolean fixedWork() {
    return true;
  }

  /** Order of the embedded solution behind the error estimate; 0 if there is no estimate. */
  default int embeddedOrder() {
    return 0;
  }

  /** Arrays that the state holds beside y. */
  default int carriedArrays() {
    return 0;
  }

  /** Evaluations of f that {@link #start} takes. */
  default int startEvaluations() {
    return 0;
  }

  /** Arrays that a tape holds as arguments of kept evaluations, besides the states at its ends. */
  int tapeArguments();

  /** Arrays that a tape holds because a kept evaluation reads its result; states not counted. */
  int tapeResults();

  /**
   * Whether a tape reads the state at the end of its step, because an evaluation that it keeps took
   * place there, so that even the last state of a solve must be kept.
   */
  default boolean tapeReadsEnd() {
    return carriedArrays() > 0;
  }

  /**
   * Fills what the state carries beside y, at the beginning of a solve.
   *
   * @param field the right-hand side
   * @param t time of the state
   * @param state y is given, the rest is undefined
   * @param pool lends scratch memory
   */
  default void start(VectorField field, double t, SolverState state, ArrayPool pool) {}

  /**
   * As {@link #start}, with the same bits, on tape: the pullback adds to the gradient of y what
   * comes from the gradients of the rest.
   */
  default StepTape recordStart(VectorField field, double t, SolverState state, ArrayPool pool) {
    return EmptyTape.INSTANCE;
  }

  /**
   * {@code to := } the state at the end of the step.
   *
   * @param field the right-hand side
   * @param step from when to when
   * @param from state at the start, left as it is
   * @param to receives the state at the end; shares no array with {@code from}
   * @param error receives the estimate of the step's error, shape of y; null if it is not wanted,
   *     which it must be if {@link #embeddedOrder} is 0
   * @param pool lends scratch memory
   */
  void advance(
      VectorField field,
      Step step,
      SolverState from,
      SolverState to,
      INDArray error,
      ArrayPool pool);

  /**
   * As {@link #advance}, with the same bits in {@code to} and {@code error}, keeping what its
   * derivative needs.
   *
   * @return the step's tape; {@code from} and {@code to} must stay unchanged until it is closed
   */
  StepTape record(
      VectorField field,
      Step step,
      SolverState from,
      SolverState to,
      INDArray error,
      ArrayPool pool);

  /**
   * A single step by itself.
   *
   * @param field the right-hand side
   * @param t time before the step
   * @param h signed length
   * @param y state at {@code t}, left as it is
   * @return the state at {@code t + h}, a new array
   */
  default INDArray step(VectorField field, double t, double h, INDArray y) {
    ArrayPool pool = ArrayPool.ofCurrentThread(y.dataType());
    SolverState from = SolverState.around(y, carriedArrays(), pool);
    SolverState to = SolverState.around(y.ulike(), carriedArrays(), pool);
    try {
      start(field, t, from, pool);
      advance(field, new Step(0, t, t + h), from, to, null, pool);
    } finally {
      from.giveBack(pool);
      to.giveBack(pool);
    }
    return to.y();
  }
}
