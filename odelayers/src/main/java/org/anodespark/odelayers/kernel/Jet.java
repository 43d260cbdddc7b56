/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The Taylor coefficients of a function along a curve {@code x(s) = x_0 + x_1 s + x_2 s^2 + ...},
 * one after the other, and the reverse of that computation. Coefficient k of the result depends on
 * {@code x_0 ... x_k}, so the curve may be made of the coefficients that came out before, as the
 * solution of an ODE is.
 *
 * <p>First as many calls of {@link #next} as wanted; then at most as many of {@link #pullback},
 * from the highest coefficient to the lowest; then {@link #close}. Arrays are C-ordered and
 * contiguous and belong to the caller. What becomes of the gradients of parameters says who makes
 * the jet.
 *
 * <p>The arithmetic: along the curve the derivative of a result of {@code y = g(x)} with respect to
 * {@code x_j} is coefficient k - j of {@code g'(x(s))}, for every k (A. Griewank and A. Walther,
 * "Evaluating Derivatives", 2nd edition, 2008, chapter 13).
 */
public interface Jet extends AutoCloseable {
  /**
   * The next coefficient of the result, k being the number of calls before.
   *
   * @param x coefficient k of the curve; must stay unchanged until this is closed
   * @param y receives coefficient k of the result; must stay unchanged likewise; not {@code x}
   */
  void next(INDArray x, INDArray y);

  /**
   * The reverse of the latest call of {@link #next} that was not reversed yet.
   *
   * @param dy gradient with respect to coefficient k of the result; destroyed
   * @param dx receives the gradient with respect to coefficient k of the curve: of all that the
   *     gradients of this and of the calls before belong to; not {@code dy}
   */
  void pullback(INDArray dy, INDArray dx);

  /** Gives back what was borrowed. */
  @Override
  void close();
}
