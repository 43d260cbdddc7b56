/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.MulOp;
import org.nd4j.linalg.factory.Nd4j;

/** The ReLU {@code max(x, 0)} in place, and its derivative from the output alone. */
public final class Rectifier {
  private Rectifier() {}

  /** {@code y := max(y, 0)}. */
  public static void forward(INDArray y) {
    Nd4j.exec(new RectifiedLinear(y, y, 0.0));
  }

  /**
   * {@code d := d} where the output is positive, 0 elsewhere. The Jacobian is diagonal, so this is
   * the product with it and with its transpose.
   *
   * @param y output of the forward pass
   * @param d gradient of the output, replaced by the gradient of the input; or tangent of the
   *     input, replaced by the tangent of the output
   * @param scratch shape of {@code y}; destroyed
   */
  public static void derivative(INDArray y, INDArray d, INDArray scratch) {
    // ND4J's relu_bp takes several times as long as these two passes
    Nd4j.exec(new Step(y, scratch, 0.0));
    Nd4j.getExecutioner().exec(new MulOp(d, scratch, d));
  }
}
