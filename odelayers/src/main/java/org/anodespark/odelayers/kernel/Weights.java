/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel;

import java.util.HashMap;
import java.util.Map;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The weights of a layer as they are now, for any number of passes until closed. A kernel that
 * wants them in another order of memory makes a copy at its first pass and finds it again at the
 * next; so weights are reordered once per update, not once per evaluation of an ODE's right-hand
 * side.
 */
public final class Weights implements AutoCloseable {
  private final INDArray plain;
  private final ArrayPool pool;
  private final Map<Object, INDArray> reordered = new HashMap<>();

  /**
   * @param plain the weights; must not change until this is closed
   * @param pool lends the copies
   */
  public Weights(INDArray plain, ArrayPool pool) {
    this.plain = plain;
    this.pool = pool;
  }

  /** The weights in the order in which the layer keeps them. */
  public INDArray plain() {
    return plain;
  }

  /**
   * The copy for a layout.
   *
   * @param layout compares equal to itself only, or to another one of the same meaning
   * @param length entries of the pool's type that the copy takes
   * @param reorder fills the copy
   */
  public INDArray in(Object layout, long length, Reorder reorder) {
    INDArray copy = reordered.get(layout);
    if (copy == null) {
      copy = pool.borrow(length);
      reorder.fill(plain, copy);
      reordered.put(layout, copy);
    }
    return copy;
  }

  /** Gives the copies back. */
  @Override
  public void close() {
    reordered.values().forEach(pool::giveBack);
    reordered.clear();
  }

  /** Writes weights in another order. */
  public interface Reorder {
    /**
     * @param plain the weights as the layer keeps them
     * @param copy receives them
     */
    void fill(INDArray plain, INDArray copy);
  }
}
