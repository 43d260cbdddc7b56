/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.conversion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anodespark.odelayers.kernel.Nonlinearity;
import org.anodespark.odelayers.layer.BufferedActivation;
import org.anodespark.odelayers.layer.BufferedDense;
import org.anodespark.odelayers.layer.ChannelsLastBatchNorm;
import org.anodespark.odelayers.layer.ChannelsLastConvolution;
import org.anodespark.odelayers.layer.ChannelsLastGlobalAverage;
import org.anodespark.odelayers.layer.ChannelsLastPooling;
import org.anodespark.odelayers.layer.FusedActivation;
import org.anodespark.odelayers.layer.LayerSettings;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution2D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.Pooling2D;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.nd4j.linalg.activations.impl.ActivationIdentity;

/** From DL4J's layers to those of this library. */
final class ToBufferedLayers extends Rewriting {
  ToBufferedLayers() {
    super(CNN2DFormat.NHWC);
  }

  @Override
  Layer counterpart(Layer bean, Layout input) {
    Class<?> type = bean.getClass();
    if (type == ConvolutionLayer.class || type == Convolution2D.class) {
      return convolution((ConvolutionLayer) bean);
    }
    if (type == BatchNormalization.class) {
      return batchNorm((BatchNormalization) bean, input);
    }
    if (type == SubsamplingLayer.class || type == Pooling2D.class) {
      return pooling((SubsamplingLayer) bean);
    }
    if (type == GlobalPoolingLayer.class) {
      return globalAverage((GlobalPoolingLayer) bean, input);
    }
    if (type == DenseLayer.class) {
      return dense((DenseLayer) bean);
    }
    return type == ActivationLayer.class ? activation((ActivationLayer) bean) : null;
  }

  private static Layer convolution(ConvolutionLayer bean) {
    if (!canFollow(bean)) {
      return null;
    }
    ChannelsLastConvolution layer = LayerSettings.copy(bean, ChannelsLastConvolution.class);
    layer.setCnn2dDataFormat(CNN2DFormat.NHWC);
    return layer;
  }

  /** DL4J's layer applies no activation, whatever it was given. */
  private static Layer batchNorm(BatchNormalization bean, Layout input) {
    if (input == null || bean.isLockGammaBeta()) {
      return null;
    }
    ChannelsLastBatchNorm layer = LayerSettings.copy(bean, ChannelsLastBatchNorm.class);
    layer.setActivationFn(new ActivationIdentity());
    layer.setUseLogStd(false);
    layer.setCnn2DFormat(CNN2DFormat.NHWC);
    return layer;
  }

  private static Layer pooling(SubsamplingLayer bean) {
    if (!ChannelsLastPooling.supports(bean)) {
      return null;
    }
    ChannelsLastPooling layer = LayerSettings.copy(bean, ChannelsLastPooling.class);
    layer.setCnn2dDataFormat(CNN2DFormat.NHWC);
    return layer;
  }

  private static Layer globalAverage(GlobalPoolingLayer bean, Layout input) {
    if (!isImage(input)
        || bean.getPoolingType() != PoolingType.AVG
        || !bean.isCollapseDimensions()) {
      return null;
    }
    ChannelsLastGlobalAverage layer = new ChannelsLastGlobalAverage();
    layer.setLayerName(bean.getLayerName());
    return layer;
  }

  private static Layer dense(DenseLayer bean) {
    return canFollow(bean) && !bean.hasLayerNorm()
        ? LayerSettings.copy(bean, BufferedDense.class)
        : null;
  }

  private static Layer activation(ActivationLayer bean) {
    return FusedActivation.of(bean.getActivationFn()) == null
        ? null
        : LayerSettings.copy(bean, BufferedActivation.class);
  }

  private static boolean canFollow(BaseLayer bean) {
    return bean.getWeightNoise() == null
        && isFollower(FusedActivation.of(bean.getActivationFn()), Nonlinearity.followers());
  }

  private static boolean isFollower(Nonlinearity function, Nonlinearity... possible) {
    return Arrays.asList(possible).contains(function);
  }

  @Override
  InputPreProcessor preProcessor(InputPreProcessor preProcessor, Node node, Layout input) {
    if (preProcessor instanceof CnnToFeedForwardPreProcessor flattening
        && flattening.getFormat() == CNN2DFormat.NCHW) {
      return new ImagesToChannelsFirstRows(
          flattening.getInputHeight(), flattening.getInputWidth(), flattening.getNumChannels());
    }
    if (preProcessor instanceof FeedForwardToCnnPreProcessor images) {
      return new ChannelsFirstRowsToImages(
          images.getInputHeight(), images.getInputWidth(), images.getNumChannels());
    }
    if (preProcessor != null && input == Layout.CHANNELS_FIRST) {
      throw cannotConvert(preProcessor, node);
    }
    return preProcessor;
  }

  @Override
  MergeVertex merge() {
    return new ChannelsLastMerge();
  }

  /** Lets layers apply in their own pass what the layer behind them does. */
  @Override
  NetworkNodes restructure(NetworkNodes network) {
    NetworkNodes result = network;
    for (Node node : network.nodes()) {
      Node activation = absorbable(node, network);
      if (activation != null) {
        ((BaseLayer) node.bean())
            .setActivationFn(((BufferedActivation) activation.bean()).getActivationFn());
        result = without(activation, node, result);
      }
    }
    return result;
  }

  /** The activation that nothing but it stands behind, and that it can apply; null if none. */
  private static Node absorbable(Node node, NetworkNodes network) {
    List<Node> readers = network.readersOf(node);
    if (readers.size() != 1 || network.isOutput(node) || network.isOutput(readers.get(0))) {
      return null;
    }
    Node reader = readers.get(0);
    boolean plain = reader.preProcessor() == null && reader.bean() instanceof BufferedActivation;
    return plain && canApply(node.bean(), ((BufferedActivation) reader.bean()).function())
        ? reader
        : null;
  }

  private static boolean canApply(Layer bean, Nonlinearity function) {
    if (bean instanceof ChannelsLastBatchNorm) {
      return isFollower(function, Nonlinearity.IDENTITY, Nonlinearity.RELU);
    }
    Nonlinearity own =
        bean instanceof ChannelsLastConvolution convolution
            ? convolution.follower()
            : bean instanceof BufferedDense dense ? dense.follower() : null;
    return own == Nonlinearity.IDENTITY && isFollower(function, Nonlinearity.followers());
  }

  private static NetworkNodes without(Node gone, Node instead, NetworkNodes network) {
    List<Node> nodes = new ArrayList<>();
    for (Node node : network.nodes()) {
      if (!node.name().equals(gone.name())) {
        nodes.add(
            node.reading(
                node.inputs().stream()
                    .map(input -> input.equals(gone.name()) ? instead.name() : input)
                    .toList()));
      }
    }
    return new NetworkNodes(nodes, network.outputs());
  }
}
