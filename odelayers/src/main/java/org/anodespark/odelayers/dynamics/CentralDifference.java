/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.dynamics;

import java.util.function.UnaryOperator;
import org.anodespark.odelayers.kernel.LinearCombination;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The derivative of a function in one direction, for functions that have none of their own: {@code
 * (g(x + h v) - g(x - h v)) / 2h}.
 *
 * <p>With u the precision of the type, {@code h = u^(1/3) (1 + rms(x)) / max|v|}: no entry of x is
 * moved by more than the step that balances the truncation error, of order h^2, with the rounding
 * error, of order u / h. What remains is a relative error of about {@code u^(2/3)}: 4e-11 in double
 * and 2e-5 in single precision (Nocedal and Wright, "Numerical Optimization", 2006, section 8.1).
 */
final class CentralDifference {
  private static final double DOUBLE_STEP = Math.cbrt(Math.ulp(1.0));
  private static final double FLOAT_STEP = Math.cbrt(Math.ulp(1.0f));

  private CentralDifference() {}

  /**
   * {@code out := (dg/dx) direction}.
   *
   * @param function g; may overwrite its argument; its result is read before it is called again
   * @param x where, left as it is
   * @param direction v, shape of {@code x}, left as it is; zeros give zeros
   * @param out receives the derivative; shape of what g returns
   * @param pool lends scratch memory
   */
  static void along(
      UnaryOperator<INDArray> function,
      INDArray x,
      INDArray direction,
      INDArray out,
      ArrayPool pool) {
    double length = direction.amaxNumber().doubleValue();
    if (length == 0.0) {
      out.assign(0.0);
      return;
    }
    double h = step(x) / length;
    INDArray shifted = pool.borrow(x.shape());
    shifted.assign(x);
    LinearCombination.add(shifted, h, direction);
    out.assign(function.apply(shifted));
    shifted.assign(x);
    LinearCombination.add(shifted, -h, direction);
    out.subi(function.apply(shifted));
    out.divi(2.0 * h);
    pool.giveBack(shifted);
  }

  private static double step(INDArray x) {
    double rootMeanSquare = x.norm2Number().doubleValue() / Math.sqrt((double) x.length());
    return (x.dataType() == DataType.DOUBLE ? DOUBLE_STEP : FLOAT_STEP) * (1.0 + rootMeanSquare);
  }
}
