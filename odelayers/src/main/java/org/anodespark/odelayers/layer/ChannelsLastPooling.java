/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import static org.deeplearning4j.nn.conf.layers.PoolingType.AVG;
import static org.deeplearning4j.nn.conf.layers.PoolingType.MAX;

import java.util.Arrays;
import java.util.Collection;
import org.anodespark.odelayers.kernel.PoolingFunction;
import org.anodespark.odelayers.kernel.PoolingGeometry;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Pooling of channels-last images, {@code [N, H, W, C]} to {@code [N, H_out, W_out, C]}: the
 * greatest or the average value in each window, as DL4J's {@link SubsamplingLayer} computes them.
 * Averages leave padding out, unless {@code avgPoolIncludePadInDivisor} says otherwise. Of several
 * equal maxima the first one, row by row, gets the gradient. No masks.
 *
 * <p>Window 1x1, stride 2 and the network's convolution mode are the defaults, as in DL4J.
 */
public class ChannelsLastPooling extends SubsamplingLayer {
  private static final long serialVersionUID = 1L;

  /** For JSON; a {@link Builder} makes one otherwise. */
  public ChannelsLastPooling() {
    setCnn2dDataFormat(CNN2DFormat.NHWC);
  }

  private ChannelsLastPooling(Builder builder) {
    super(builder);
    setCnn2dDataFormat(CNN2DFormat.NHWC);
    if (!supports(this)) {
      throw new DL4JInvalidConfigException(
          Inputs.name(this)
              + " pools MAX or AVG without dilation and with less padding than window, but was given "
              + getPoolingType()
              + ", window "
              + Arrays.toString(getKernelSize())
              + ", padding "
              + Arrays.toString(getPadding())
              + ", dilation "
              + Arrays.toString(getDilation())
              + "; use DL4J's SubsamplingLayer with dataFormat(CNN2DFormat.NHWC) for it.");
    }
  }

  /** Whether this layer can compute what a layer of DL4J does. */
  public static boolean supports(SubsamplingLayer layer) {
    boolean function = layer.getPoolingType() == MAX || layer.getPoolingType() == AVG;
    boolean dense = layer.getDilation()[0] == 1 && layer.getDilation()[1] == 1;
    boolean windowsMeetTheImage =
        layer.getPadding()[0] < layer.getKernelSize()[0]
            && layer.getPadding()[1] < layer.getKernelSize()[1];
    boolean same = layer.getConvolutionMode() == ConvolutionMode.Same;
    return function && dense && (same || windowsMeetTheImage);
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration configuration,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray parameters,
      boolean initializeParameters,
      DataType dataType) {
    return AbstractParameterlessLayer.initialise(
        new ChannelsLastPoolingLayer(configuration, dataType), listeners, layerIndex);
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    Inputs.requireChannelsLast(inputType, this);
    return super.getOutputType(layerIndex, inputType);
  }

  /** Window, stride and padding as the kernel takes them. */
  public PoolingGeometry geometry() {
    return new PoolingGeometry(
        getKernelSize()[0],
        getKernelSize()[1],
        getStride()[0],
        getStride()[1],
        getPadding()[0],
        getPadding()[1],
        getConvolutionMode() == ConvolutionMode.Same);
  }

  /** What becomes of the values in a window. */
  public PoolingFunction function() {
    if (getPoolingType() == MAX) {
      return PoolingFunction.MAXIMUM;
    }
    return isAvgPoolIncludePadInDivisor()
        ? PoolingFunction.AVERAGE_WITH_PADDING
        : PoolingFunction.AVERAGE;
  }

  /** Builds the layer. */
  @SuppressWarnings("unchecked") // DL4J declares build() with a type parameter of its own
  public static class Builder extends SubsamplingLayer.Builder {
    /**
     * @param poolingType MAX or AVG
     * @param kernelSize rows and columns of the window
     */
    public Builder(PoolingType poolingType, int... kernelSize) {
      super(poolingType, kernelSize);
    }

    /**
     * Builds the layer.
     *
     * @throws DL4JInvalidConfigException for another pooling type, dilation, or as much padding as
     *     window
     */
    @Override
    public ChannelsLastPooling build() {
      // DL4J's checks of window, stride and padding
      super.build();
      return new ChannelsLastPooling(this);
    }
  }
}
