/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.solver;

import java.io.Serializable;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.custom.Max;
import org.nd4j.linalg.api.ops.impl.transforms.same.Abs;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How large an error may be: {@code absolute + relative * max(|y|, |next y|)}, entry by entry.
 *
 * @param relative part of the size of y, not negative
 * @param absolute where y is near zero, positive
 */
public record Tolerance(double relative, double absolute) implements Serializable {
  /**
   * The scale that errors of a step are compared with.
   *
   * @param before y at the start of the step
   * @param after y at its end, same shape
   * @param pool lends the result
   * @return borrowed, to be given back by the caller
   */
  public INDArray scale(INDArray before, INDArray after, ArrayPool pool) {
    INDArray scale = pool.borrow(before.shape());
    INDArray other = pool.borrow(before.shape());
    Nd4j.getExecutioner().exec(new Abs(before, scale));
    Nd4j.getExecutioner().exec(new Abs(after, other));
    Nd4j.exec(new Max(scale, other, scale));
    pool.giveBack(other);
    scale.muli(relative).addi(absolute);
    return scale;
  }
}
