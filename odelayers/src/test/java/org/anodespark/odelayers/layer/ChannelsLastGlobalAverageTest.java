/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.junit.jupiter.api.Test;

class ChannelsLastGlobalAverageTest {
  @Test
  void agreesWithTheLayerOfDl4jInValuesAndGradients() {
    LayerNetworks.assertSameFunction(
        LayerNetworks.toRows(new ChannelsLastGlobalAverage()),
        LayerNetworks.toRows(new GlobalPoolingLayer(PoolingType.AVG)));
  }

  @Test
  void hasTheGradientOfItsOutput() {
    LayerNetworks.assertGradientOnImages(new ChannelsLastGlobalAverage());
  }

  @Test
  void makesRowsOfImages() {
    assertThat(
            new ChannelsLastGlobalAverage()
                .getOutputType(0, InputType.convolutional(8, 6, 5, CNN2DFormat.NHWC)))
        .isEqualTo(InputType.feedForward(5));
  }

  @Test
  void refusesImagesWithChannelsFirst() {
    assertThatThrownBy(
            () ->
                new ChannelsLastGlobalAverage()
                    .getOutputType(0, InputType.convolutional(8, 8, 3, CNN2DFormat.NCHW)))
        .isInstanceOf(DL4JInvalidConfigException.class)
        .hasMessageContaining("CNN2DFormat.NHWC");
  }
}
