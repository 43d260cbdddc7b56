/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.kernel;

import org.anodespark.odelayers.memory.ArrayPool;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.MulOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Tangents through pooling of maxima, which no library has: a window's tangent is that of its first
 * entry, row by row, that equals the maximum.
 */
public final class MaximumTangent {
  private MaximumTangent() {}

  /**
   * {@code dy := dx} at the maxima. Goes through the output once for each tap of the window.
   *
   * @param geometry of the window
   * @param x input of the pooling, {@code [N, H, W, C]}
   * @param y its result
   * @param dx tangent of the input, type of {@code x}
   * @param dy receives the tangent of the result, type of {@code x}
   * @param pool lends scratch memory of the type of {@code x}
   */
  public static void gather(
      PoolingGeometry geometry, INDArray x, INDArray y, INDArray dx, INDArray dy, ArrayPool pool) {
    Padding above = geometry.verticalPadding(x.size(1));
    Padding left = geometry.horizontalPadding(x.size(2));
    INDArray undecided = pool.borrow(y.shape());
    undecided.assign(1.0);
    dy.assign(0.0);
    for (int row = 0; row < geometry.kernelHeight(); row++) {
      Tap rows = Tap.of(row, geometry.strideHeight(), above.before(), x.size(1), y.size(1));
      for (int column = 0; column < geometry.kernelWidth(); column++) {
        Tap columns = Tap.of(column, geometry.strideWidth(), left.before(), x.size(2), y.size(2));
        if (rows.count > 0 && columns.count > 0) {
          INDArray open = columns.ofOutput(2, rows.ofOutput(1, undecided));
          INDArray greatest = columns.ofOutput(2, rows.ofOutput(1, y));
          INDArray value = columns.ofInput(2, rows.ofInput(1, x));
          INDArray chosen = value.eq(greatest).castTo(x.dataType()).muli(open);
          open.subi(chosen);
          INDArray tangent = columns.ofInput(2, rows.ofInput(1, dx));
          Nd4j.getExecutioner().exec(new MulOp(chosen, tangent, chosen));
          columns.ofOutput(2, rows.ofOutput(1, dy)).addi(chosen);
        }
      }
    }
    pool.giveBack(undecided);
  }

  /**
   * Where one tap of all windows along an axis meets the image.
   *
   * @param firstInput the entry of the image that the first of these windows has there
   * @param stride between two such entries
   * @param firstOutput the first of these windows
   * @param count how many windows
   */
  private record Tap(long firstInput, long stride, long firstOutput, long count) {
    static Tap of(int tap, int stride, long padding, long input, long output) {
      long first = Math.max(0, Math.floorDiv(padding - tap + stride - 1, stride));
      long last = Math.min(output - 1, Math.floorDiv(input - 1 + padding - tap, stride));
      return new Tap(first * stride - padding + tap, stride, first, Math.max(0, last - first + 1));
    }

    INDArray ofInput(int axis, INDArray images) {
      return Parts.along(images, axis, firstInput, count, stride);
    }

    INDArray ofOutput(int axis, INDArray images) {
      return Parts.along(images, axis, firstOutput, count);
    }
  }
}
