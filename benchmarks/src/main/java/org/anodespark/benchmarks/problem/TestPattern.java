/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.problem;

/**
 * The numbers of a block, the same for everybody: entry i of array k is <code>
 * ((31 i i + 7919 i + 1000 k) mod 10007) / 5003 - 1</code>, rounded to single precision, in [-1,
 * 1]. Arrays are numbered in the order input, first weights, second weights; the indices run
 * through [N, C, H, W] and [C_out, C_in, 3, 3] with the last one fastest; weights are multiplied by
 * <code>
 * sqrt(2 / (9 C))</code>. Scales are 1, shifts are 0. The gradient with respect to the output is 1
 * everywhere.
 */
public final class TestPattern {
  /** Added to the variance by all batch norms. */
  public static final double EPSILON = 1e-5;

  private static final int MODULUS = 10007;

  private TestPattern() {}

  /** The input as [N, C, H, W]. */
  public static float[] input(BlockProblem problem) {
    return numbers(problem.stateLength(), 0, 1);
  }

  /**
   * The weights of a convolution as [C_out, C_in, 3, 3].
   *
   * @param convolution 0 or 1
   */
  public static float[] weights(BlockProblem problem, int convolution) {
    int length = 9 * problem.channels() * problem.channels();
    return numbers(length, 1 + convolution, Math.sqrt(2.0 / (9.0 * problem.channels())));
  }

  private static float[] numbers(int length, int array, double scale) {
    float[] numbers = new float[length];
    for (long i = 0; i < length; i++) {
      long remainder = (31 * i * i + 7919 * i + 1000L * array) % MODULUS;
      numbers[(int) i] = (float) ((remainder / 5003.0 - 1) * scale);
    }
    return numbers;
  }
}
