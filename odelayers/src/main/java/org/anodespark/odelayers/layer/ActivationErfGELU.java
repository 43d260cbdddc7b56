/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import org.anodespark.odelayers.kernel.KernelBackend;
import org.anodespark.odelayers.kernel.Nonlinearity;
import org.anodespark.odelayers.kernel.NonlinearityKernel;
import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.BaseActivationFunction;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The Gaussian error linear unit in its exact form, {@code x (1 + erf(x / sqrt 2)) / 2} (Hendrycks
 * and Gimpel, 2016). DL4J's {@code Activation.GELU} is an approximation of it, {@code x
 * sigmoid(1.702 x)}, which differs by up to 0.02. {@code ActivationGELU(true)}, in DL4J 1.0.0-M2.1,
 * is {@code x (1 + tanh(sqrt(2 / pi) (x + (0.044715 x)^3))) / 2}, which differs by up to 0.04,
 * because the usual approximation has {@code 0.044715 x^3} there.
 *
 * <p>{@link BufferedActivation} runs it on kernels; other layers of DL4J take it as any activation.
 */
public class ActivationErfGELU extends BaseActivationFunction {
  private static final long serialVersionUID = 1L;

  @Override
  public INDArray getActivation(INDArray in, boolean training) {
    INDArray x = in.dup('c');
    INDArray y = x.ulike();
    kernel(in).forward(x, y, pool(in));
    return in.assign(y);
  }

  @Override
  public Pair<INDArray, INDArray> backprop(INDArray in, INDArray epsilon) {
    assertShape(in, epsilon);
    INDArray gradient = epsilon.dup('c');
    kernel(in).derivative(in.dup('c'), gradient, gradient, pool(in));
    return new Pair<>(gradient, null);
  }

  private static NonlinearityKernel kernel(INDArray array) {
    return KernelBackend.kernels(array.dataType()).nonlinearity(Nonlinearity.GELU);
  }

  private static ArrayPool pool(INDArray array) {
    return ArrayPool.ofCurrentThread(array.dataType());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ActivationErfGELU;
  }

  @Override
  public int hashCode() {
    return ActivationErfGELU.class.hashCode();
  }

  @Override
  public String toString() {
    return "gelu(erf)";
  }
}
