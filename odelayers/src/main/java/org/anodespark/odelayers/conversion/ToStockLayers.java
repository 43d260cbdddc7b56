/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.conversion;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.anodespark.odelayers.layer.BufferedActivation;
import org.anodespark.odelayers.layer.BufferedDense;
import org.anodespark.odelayers.layer.ChannelsLastBatchNorm;
import org.anodespark.odelayers.layer.ChannelsLastConvolution;
import org.anodespark.odelayers.layer.ChannelsLastGlobalAverage;
import org.anodespark.odelayers.layer.ChannelsLastPooling;
import org.anodespark.odelayers.layer.LayerSettings;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;

/** From the layers of this library to DL4J's. */
final class ToStockLayers extends Rewriting {
  private static final String RECTIFIER = "-relu";

  private final CNN2DFormat format;

  /** Normalisations behind which a ReLU has to come. */
  private final Set<Layer> rectified = Collections.newSetFromMap(new IdentityHashMap<>());

  ToStockLayers(CNN2DFormat format) {
    super(format);
    this.format = format;
  }

  @Override
  Layer counterpart(Layer bean, Layout input) {
    Class<?> type = bean.getClass();
    if (type == ChannelsLastConvolution.class) {
      return convolution((ChannelsLastConvolution) bean);
    }
    if (type == ChannelsLastBatchNorm.class) {
      return batchNorm((ChannelsLastBatchNorm) bean);
    }
    if (type == ChannelsLastPooling.class) {
      SubsamplingLayer layer = LayerSettings.copy(bean, SubsamplingLayer.class);
      layer.setCnn2dDataFormat(format);
      return layer;
    }
    if (type == ChannelsLastGlobalAverage.class) {
      GlobalPoolingLayer layer = new GlobalPoolingLayer(PoolingType.AVG);
      layer.setPoolingDimensions(format == CNN2DFormat.NHWC ? new int[] {1, 2} : new int[] {2, 3});
      layer.setLayerName(bean.getLayerName());
      return layer;
    }
    if (type == BufferedDense.class) {
      return LayerSettings.copy(bean, DenseLayer.class);
    }
    return type == BufferedActivation.class
        ? LayerSettings.copy(bean, ActivationLayer.class)
        : null;
  }

  private Layer convolution(ChannelsLastConvolution bean) {
    if (bean.getGroups() > 1) {
      throw new DL4JInvalidConfigException(
          "The network cannot be converted: \""
              + bean.getLayerName()
              + "\" is a convolution with "
              + bean.getGroups()
              + " groups, which DL4J does not have.");
    }
    ConvolutionLayer layer = LayerSettings.copy(bean, ConvolutionLayer.class);
    layer.setCnn2dDataFormat(format);
    return layer;
  }

  private Layer batchNorm(ChannelsLastBatchNorm bean) {
    BatchNormalization layer = LayerSettings.copy(bean, BatchNormalization.class);
    layer.setActivationFn(new ActivationIdentity());
    layer.setCnn2DFormat(format);
    if (bean.rectified()) {
      rectified.add(layer);
    }
    return layer;
  }

  @Override
  InputPreProcessor preProcessor(InputPreProcessor preProcessor, Node node, Layout input) {
    if (format == CNN2DFormat.NHWC || preProcessor == null) {
      return preProcessor;
    }
    if (preProcessor instanceof ImagesToChannelsFirstRows rows) {
      return new CnnToFeedForwardPreProcessor(
          rows.getHeight(), rows.getWidth(), rows.getChannels(), CNN2DFormat.NCHW);
    }
    if (preProcessor instanceof ChannelsFirstRowsToImages images) {
      return new FeedForwardToCnnPreProcessor(
          images.getHeight(), images.getWidth(), images.getChannels());
    }
    if (input == Layout.CHANNELS_LAST) {
      throw cannotConvert(preProcessor, node);
    }
    return preProcessor;
  }

  @Override
  MergeVertex merge() {
    MergeVertex vertex = new MergeVertex();
    vertex.setMergeAxis(format == CNN2DFormat.NHWC ? 3 : 1);
    return vertex;
  }

  /** DL4J's batch normalisation applies no activation, so a layer behind it does. */
  @Override
  NetworkNodes restructure(NetworkNodes network) {
    NetworkNodes result = network;
    for (Node node : network.nodes()) {
      if (rectified.contains(node.bean())) {
        result = withRectifier(node, result);
      }
    }
    return result;
  }

  private static NetworkNodes withRectifier(Node normalisation, NetworkNodes network) {
    String name = normalisation.name() + RECTIFIER;
    ActivationLayer rectifier = new ActivationLayer(Activation.RELU);
    rectifier.setLayerName(normalisation.bean().getLayerName() + RECTIFIER);
    NeuralNetConfiguration settings = ((LayerVertex) normalisation.vertex()).getLayerConf().clone();
    settings.setLayer(rectifier);
    List<Node> nodes = new ArrayList<>();
    for (Node node : network.nodes()) {
      nodes.add(node.reading(renamed(node.inputs(), normalisation.name(), name)));
      if (node.name().equals(normalisation.name())) {
        nodes.add(new Node(name, new LayerVertex(settings, null), List.of(normalisation.name())));
      }
    }
    return new NetworkNodes(nodes, renamed(network.outputs(), normalisation.name(), name));
  }

  private static List<String> renamed(List<String> names, String before, String after) {
    return names.stream().map(name -> name.equals(before) ? after : name).toList();
  }
}
