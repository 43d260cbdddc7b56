/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import java.util.ArrayList;
import java.util.List;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a method takes from one step to the next: the solution y, and arrays of its shape that are
 * the method's own business, e.g. the slope that the next step begins with. The gradient with
 * respect to such a state has the same form.
 */
public final class SolverState {
  private final List<INDArray> arrays;
  private final boolean ownsSolution;

  private SolverState(List<INDArray> arrays, boolean ownsSolution) {
    this.arrays = arrays;
    this.ownsSolution = ownsSolution;
  }

  /**
   * A state around an array of the caller's; what is carried beside it is borrowed and undefined.
   *
   * @param y the solution
   * @param carried number of arrays beside it
   * @param pool lends them
   */
  public static SolverState around(INDArray y, int carried, ArrayPool pool) {
    return new SolverState(arrays(y, carried, pool), false);
  }

  private static List<INDArray> arrays(INDArray y, int carried, ArrayPool pool) {
    List<INDArray> arrays = new ArrayList<>(1 + carried);
    arrays.add(y);
    for (int i = 0; i < carried; i++) {
      arrays.add(pool.borrow(y.shape()));
    }
    return arrays;
  }

  /**
   * A state of borrowed arrays with undefined content.
   *
   * @param like gives the shape
   * @param carried number of arrays beside the solution
   * @param pool lends all
   */
  public static SolverState borrow(INDArray like, int carried, ArrayPool pool) {
    return new SolverState(arrays(pool.borrow(like.shape()), carried, pool), true);
  }

  /**
   * The gradient with respect to a state of which only the solution has been used so far: the rest
   * of it is zero.
   *
   * @param solution gradient with respect to the solution, an array of the caller's
   * @param carried number of arrays beside it
   * @param pool lends them
   */
  public static SolverState gradient(INDArray solution, int carried, ArrayPool pool) {
    SolverState gradient = around(solution, carried, pool);
    gradient.arrays.subList(1, 1 + carried).forEach(array -> array.assign(0.0));
    return gradient;
  }

  /** The solution. */
  public INDArray y() {
    return arrays.get(0);
  }

  /** Array {@code index} of those beside the solution, 0-based. */
  public INDArray carried(int index) {
    return arrays.get(1 + index);
  }

  /** Copies the content of a state of the same method. */
  public void assign(SolverState other) {
    for (int i = 0; i < arrays.size(); i++) {
      arrays.get(i).assign(other.arrays.get(i));
    }
  }

  /** Bytes of all arrays. */
  public long bytes() {
    return arrays.size() * ArrayPool.bytes(y());
  }

  /** Gives back all that was borrowed, once; an array of the caller's stays his. */
  public void giveBack(ArrayPool pool) {
    arrays.subList(ownsSolution ? 0 : 1, arrays.size()).forEach(pool::giveBack);
  }
}
