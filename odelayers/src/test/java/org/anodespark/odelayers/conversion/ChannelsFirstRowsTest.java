/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.stream.Stream;
import org.anodespark.odelayers.RoundTrip;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ChannelsFirstRowsTest {
  private static final LayerWorkspaceMgr NONE = LayerWorkspaceMgr.noWorkspaces();

  private final InputPreProcessor toRows = new ImagesToChannelsFirstRows(2, 3, 4);
  private final InputPreProcessor toImages = new ChannelsFirstRowsToImages(2, 3, 4);
  private final INDArray images = Nd4j.rand(DataType.DOUBLE, 5, 2, 3, 4);

  static Stream<InputPreProcessor> preProcessors() {
    return Stream.of(
        new ImagesToChannelsFirstRows(2, 3, 4), new ChannelsFirstRowsToImages(2, 3, 4));
  }

  @Test
  void rowsHaveOneChannelAfterTheOther() {
    INDArray rows = toRows.preProcess(images, 5, NONE);
    assertThat(rows.shape()).containsExactly(5, 24);
    assertThat(rows.getDouble(1, 3 * 6 + 1 * 3 + 2)).isEqualTo(images.getDouble(1, 1, 2, 3));
  }

  @Test
  void imagesComeBackFromRows() {
    INDArray rows = toRows.preProcess(images, 5, NONE);
    assertThat(toImages.preProcess(rows, 5, NONE)).isEqualTo(images);
    assertThat(toRows.backprop(rows, 5, NONE)).isEqualTo(images);
    assertThat(toImages.backprop(images, 5, NONE)).isEqualTo(rows);
  }

  @Test
  void tellWhatTheyMake() {
    InputType type = InputType.convolutional(2, 3, 4, CNN2DFormat.NHWC);
    assertThat(toRows.getOutputType(type)).isEqualTo(InputType.feedForward(24));
    assertThat(toImages.getOutputType(InputType.feedForward(24))).isEqualTo(type);
  }

  @Test
  void refuseOtherShapes() {
    assertThatThrownBy(() -> toRows.preProcess(images.permute(0, 3, 1, 2), 5, NONE))
        .isInstanceOf(DL4JInvalidInputException.class)
        .hasMessageContaining("ImagesToChannelsFirstRows(2x3x4)")
        .hasMessageContaining("[5, 2, 3, 4], but was given one of shape [5, 4, 2, 3]");
    assertThatThrownBy(() -> toImages.preProcess(images, 5, NONE))
        .isInstanceOf(DL4JInvalidInputException.class)
        .hasMessageContaining("[5, 24]");
  }

  @ParameterizedTest
  @MethodSource("preProcessors")
  void surviveSerialisation(InputPreProcessor preProcessor)
      throws IOException, ClassNotFoundException {
    assertThat(RoundTrip.json(preProcessor, InputPreProcessor.class)).isEqualTo(preProcessor);
    assertThat(RoundTrip.javaSerialisation(preProcessor)).isEqualTo(preProcessor);
    assertThat(preProcessor.clone()).isEqualTo(preProcessor).isNotSameAs(preProcessor);
  }
}
