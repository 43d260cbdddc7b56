/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.conversion;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Makes of channels-last images the rows that DL4J's {@code CnnToFeedForwardPreProcessor} makes of
 * the same images with channels first.
 */
public final class ImagesToChannelsFirstRows extends ChannelsFirstRows {
  private static final long serialVersionUID = 1L;

  /**
   * @param height rows of an image
   * @param width columns of an image
   * @param channels channels of an image
   */
  @JsonCreator
  public ImagesToChannelsFirstRows(
      @JsonProperty("height") long height,
      @JsonProperty("width") long width,
      @JsonProperty("channels") long channels) {
    super(height, width, channels);
  }

  @Override
  public INDArray preProcess(INDArray images, int minibatch, LayerWorkspaceMgr workspaces) {
    return toRows(images, ArrayType.ACTIVATIONS, workspaces);
  }

  @Override
  public INDArray backprop(INDArray rows, int minibatch, LayerWorkspaceMgr workspaces) {
    return toImages(rows, ArrayType.ACTIVATION_GRAD, workspaces);
  }

  @Override
  public InputType getOutputType(InputType images) {
    return InputType.feedForward(getChannels() * getHeight() * getWidth());
  }

  @Override
  public ImagesToChannelsFirstRows clone() {
    return new ImagesToChannelsFirstRows(getHeight(), getWidth(), getChannels());
  }
}
