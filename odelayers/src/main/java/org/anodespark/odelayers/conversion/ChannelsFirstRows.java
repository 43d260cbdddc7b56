/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.conversion;

import java.util.Arrays;
import java.util.Objects;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Between channels-last images {@code [N, H, W, C]} and the rows {@code [N, C H W]} that DL4J makes
 * of channels-first images: so the layers that read the rows keep their weights.
 */
abstract class ChannelsFirstRows implements InputPreProcessor {
  private static final long serialVersionUID = 1L;

  private final long height;
  private final long width;
  private final long channels;

  ChannelsFirstRows(long height, long width, long channels) {
    this.height = height;
    this.width = width;
    this.channels = channels;
  }

  /** Rows of an image. */
  public long getHeight() {
    return height;
  }

  /** Columns of an image. */
  public long getWidth() {
    return width;
  }

  /** Channels of an image. */
  public long getChannels() {
    return channels;
  }

  /** {@code [N, H, W, C]} to {@code [N, C H W]}, copied. */
  INDArray toRows(INDArray images, ArrayType place, LayerWorkspaceMgr workspaces) {
    require(images, images.size(0), height, width, channels);
    return workspaces
        .dup(place, images.permute(0, 3, 1, 2), 'c')
        .reshape('c', images.size(0), channels * height * width);
  }

  /** {@code [N, C H W]} to {@code [N, H, W, C]}, copied. */
  INDArray toImages(INDArray rows, ArrayType place, LayerWorkspaceMgr workspaces) {
    require(rows, rows.size(0), channels * height * width);
    return workspaces.dup(
        place, rows.reshape('c', rows.size(0), channels, height, width).permute(0, 2, 3, 1), 'c');
  }

  private void require(INDArray array, long... shape) {
    if (!Arrays.equals(array.shape(), shape)) {
      throw new DL4JInvalidInputException(
          this
              + " takes arrays of shape "
              + Arrays.toString(shape)
              + ", but was given one of shape "
              + Arrays.toString(array.shape())
              + ".");
    }
  }

  @Override
  public abstract ChannelsFirstRows clone();

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      INDArray mask, MaskState state, int minibatchSize) {
    if (mask != null && mask.rank() != 2) {
      throw new UnsupportedOperationException(
          this + " takes masks with one number for each example only, not of rank " + mask.rank());
    }
    return new Pair<>(mask, state);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChannelsFirstRows that
        && getClass() == that.getClass()
        && height == that.height
        && width == that.width
        && channels == that.channels;
  }

  @Override
  public int hashCode() {
    return Objects.hash(getClass(), height, width, channels);
  }

  @Override
  public String toString() {
    return getClass().getSimpleName() + "(" + height + "x" + width + "x" + channels + ")";
  }
}
