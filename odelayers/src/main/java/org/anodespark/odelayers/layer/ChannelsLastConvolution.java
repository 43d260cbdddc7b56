/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import java.util.Collection;
import java.util.Objects;
import org.anodespark.odelayers.kernel.ConvolutionGeometry;
import org.anodespark.odelayers.kernel.Nonlinearity;
import org.anodespark.odelayers.kernel.Precision;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A two-dimensional convolution on channels-last images, {@code [N, H, W, C_in]} to {@code [N,
 * H_out, W_out, C_out]}, with DL4J's own parameters (weights {@code [C_out, C_in, kH, kW]}, bias
 * {@code [C_out]}), so that weights move freely between this layer and DL4J's {@link
 * ConvolutionLayer}. It runs on the kernels of {@link
 * org.anodespark.odelayers.kernel.KernelBackend}, which are many times faster than the im2col path
 * of DL4J's layer.
 *
 * <p>In a field it can take the time for the last channel of its input, a constant image ({@link
 * TimeChannelLayer}), unless it has groups.
 *
 * <p>Identity, ReLU, tanh or sigmoid may follow in the same pass; for another activation put {@link
 * BufferedActivation} or DL4J's {@code ActivationLayer} behind it. Stride and padding default to 1
 * and to {@link ConvolutionMode#Same}.
 */
public class ChannelsLastConvolution extends ConvolutionLayer implements TakesTime {
  private static final long serialVersionUID = 1L;

  private Precision precision = Precision.NETWORK;
  private int groups = 1;

  /** For JSON. */
  public ChannelsLastConvolution() {}

  private ChannelsLastConvolution(Builder builder) {
    super(builder);
    setCnn2dDataFormat(CNN2DFormat.NHWC);
    precision = builder.precision;
    groups = builder.groups;
    setActivationFn(FusedActivation.require(builder.activation(), this, Nonlinearity.followers()));
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration configuration,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray parameters,
      boolean initializeParameters,
      DataType dataType) {
    LayerValidation.assertNInNOutSet(
        "ChannelsLastConvolution", getLayerName(), layerIndex, getNIn(), getNOut());
    return AbstractBufferedLayer.initialise(
        new ChannelsLastConvolutionLayer(configuration, dataType),
        listeners,
        layerIndex,
        parameters,
        initializeParameters);
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    Inputs.requireChannelsLast(inputType, this);
    return super.getOutputType(layerIndex, inputType);
  }

  /** In which type products are formed, where the layer is not part of an ODE block. */
  public Precision getPrecision() {
    return precision;
  }

  public void setPrecision(Precision precision) {
    this.precision = precision;
  }

  /** Into how many parts the channels are divided, each with weights of its own. */
  public int getGroups() {
    return groups;
  }

  public void setGroups(int groups) {
    this.groups = groups;
  }

  @Override
  public void requireTimeChannel() {
    if (groups > 1) {
      throw new DL4JInvalidConfigException(
          Inputs.name(this)
              + " has "
              + groups
              + " groups, among which the time as one more channel cannot be divided; use 1 group,"
              + " or another time input.");
    }
  }

  @Override
  public ParamInitializer initializer() {
    return groups > 1 ? GroupedConvolutionParameters.INSTANCE : super.initializer();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChannelsLastConvolution that
        && super.equals(that)
        && precision == that.precision
        && groups == that.groups;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), precision, groups);
  }

  /** What follows the convolution in the same pass. */
  public Nonlinearity follower() {
    return FusedActivation.of(getActivationFn());
  }

  /** Window, stride, padding and dilation as the kernel takes them. */
  public ConvolutionGeometry geometry() {
    return new ConvolutionGeometry(
        getKernelSize()[0],
        getKernelSize()[1],
        getStride()[0],
        getStride()[1],
        getPadding()[0],
        getPadding()[1],
        getDilation()[0],
        getDilation()[1],
        groups,
        getConvolutionMode() == ConvolutionMode.Same);
  }

  /** Builds the layer; kernel size and {@code nOut} are required. */
  @SuppressWarnings("unchecked") // DL4J declares build() with a type parameter of its own
  public static class Builder extends BaseConvBuilder<Builder> {
    private Precision precision = Precision.NETWORK;
    private int groups = 1;

    /**
     * @param kernelSize rows and columns of the window
     */
    public Builder(int... kernelSize) {
      super(kernelSize);
      convolutionMode(ConvolutionMode.Same);
    }

    /**
     * In which type products are formed; {@link Precision#NETWORK} by default. Inside an ODE block
     * the block's precision holds instead.
     */
    public Builder precision(Precision precision) {
      this.precision = Objects.requireNonNull(precision, "precision");
      return this;
    }

    /**
     * Into how many parts the channels of input and output are divided; each part of the output is
     * a convolution of the same part of the input. 1 by default; as many as there are channels make
     * a depthwise convolution. Weights are {@code [C_out, C_in / groups, kH, kW]}.
     *
     * @param groups at least 1, divides the channels of input and output
     * @throws DL4JInvalidConfigException if it is less than 1
     */
    public Builder groups(int groups) {
      if (groups < 1) {
        throw new DL4JInvalidConfigException(
            "ChannelsLastConvolution (layer name: "
                + layerName
                + ") cannot have "
                + groups
                + " groups; give 1 or more.");
      }
      this.groups = groups;
      return this;
    }

    private IActivation activation() {
      return activationFn;
    }

    @Override
    protected boolean allowCausal() {
      return false;
    }

    /**
     * Builds the layer.
     *
     * @throws DL4JInvalidConfigException for another activation than identity, ReLU, tanh or
     *     sigmoid
     */
    @Override
    public ChannelsLastConvolution build() {
      return new ChannelsLastConvolution(this);
    }
  }
}
