/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.conversion;

import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.dropout.SpatialDropout;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.StackVertex;
import org.deeplearning4j.nn.conf.graph.UnstackVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.NoParamLayer;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;

/**
 * Turns the nodes of a network into others that compute the same on images of one format. What a
 * subclass has no counterpart for stays, with the other format where it can have either.
 */
abstract class Rewriting {
  private final CNN2DFormat format;

  /**
   * @param format of all images afterwards
   */
  Rewriting(CNN2DFormat format) {
    this.format = format;
  }

  /** The nodes of a private copy of the configuration; they are changed. */
  final NetworkNodes apply(NetworkNodes network) {
    Layouts layouts = new Layouts(network);
    for (Node node : network.nodes()) {
      if (node.vertex() instanceof LayerVertex layer) {
        rewriteLayer(node, layer, layouts);
      }
    }
    return restructure(
        new NetworkNodes(
            network.nodes().stream().map(node -> rewriteVertex(node, layouts)).toList(),
            network.outputs()));
  }

  private void rewriteLayer(Node node, LayerVertex layer, Layouts layouts) {
    layer.setPreProcessor(
        preProcessor(layer.getPreProcessor(), node, layouts.beforePreProcessor(node)));
    Layer bean = layer.getLayerConf().getLayer();
    Layer counterpart = counterpart(bean, layouts.input(node));
    layer.getLayerConf().setLayer(counterpart == null ? staying(bean, node, layouts) : counterpart);
    // the new layer's parameters may have other names
    layer.getLayerConf().clearVariables();
  }

  private Node rewriteVertex(Node node, Layouts layouts) {
    GraphVertex vertex = node.vertex();
    if (vertex instanceof LayerVertex) {
      return node;
    }
    if (vertex instanceof PreprocessorVertex preProcessing) {
      preProcessing.setPreProcessor(
          preProcessor(preProcessing.getPreProcessor(), node, layouts.beforePreProcessor(node)));
      return node;
    }
    boolean images = isImage(layouts.input(node)) || isImage(layouts.output(node));
    if (vertex instanceof MergeVertex && images) {
      return new Node(node.name(), merge(), node.inputs());
    }
    boolean anyLayout =
        vertex instanceof ElementWiseVertex
            || vertex instanceof ScaleVertex
            || vertex instanceof ShiftVertex
            || vertex instanceof StackVertex
            || vertex instanceof UnstackVertex;
    if (!anyLayout && (changes(layouts.input(node)) || changes(layouts.output(node)))) {
      throw cannotStay(node);
    }
    return node;
  }

  /** A bean that stays, on images of the new format. */
  private Layer staying(Layer bean, Node node, Layouts layouts) {
    Layout input = layouts.input(node);
    if (!changes(input) && !changes(layouts.output(node))) {
      return bean;
    }
    boolean spatialDropout =
        bean.getIDropout() instanceof SpatialDropout
            && !(bean instanceof NoParamLayer)
            && !(bean instanceof BatchNormalization);
    if (spatialDropout || !canHaveEither(bean)) {
      throw cannotStay(node);
    }
    ImageFormats.set(bean, format);
    if (bean instanceof GlobalPoolingLayer pooling) {
      pooling.setPoolingDimensions(
          format == CNN2DFormat.NHWC ? new int[] {1, 2} : new int[] {2, 3});
    }
    return bean;
  }

  private static boolean canHaveEither(Layer bean) {
    if (bean instanceof ActivationLayer activation) {
      return !(activation.getActivationFn() instanceof ActivationSoftmax);
    }
    if (bean instanceof GlobalPoolingLayer pooling) {
      return pooling.isCollapseDimensions();
    }
    return bean instanceof DropoutLayer || ImageFormats.of(bean) != null;
  }

  private boolean changes(Layout layout) {
    return isImage(layout) && layout != Layout.of(format);
  }

  static boolean isImage(Layout layout) {
    return layout == Layout.CHANNELS_FIRST || layout == Layout.CHANNELS_LAST;
  }

  private DL4JInvalidConfigException cannotStay(Node node) {
    return new DL4JInvalidConfigException(
        "The network cannot be converted: "
            + node.description()
            + " has no counterpart and cannot work on images with channels "
            + (format == CNN2DFormat.NHWC ? "last" : "first")
            + "; replace it, or leave the network as it is.");
  }

  /** The refusal of a preprocessor. */
  DL4JInvalidConfigException cannotConvert(InputPreProcessor preProcessor, Node node) {
    return new DL4JInvalidConfigException(
        "The network cannot be converted: there is no counterpart for the preprocessor "
            + preProcessor.getClass().getSimpleName()
            + " of "
            + node.description()
            + " on images of format "
            + format
            + ".");
  }

  /**
   * The bean that computes the same; null if there is none.
   *
   * @param bean of the old network
   * @param input what it reads there; null if unknown
   */
  abstract Layer counterpart(Layer bean, Layout input);

  /**
   * The preprocessor that makes the same of images of the new format.
   *
   * @param preProcessor null if there is none
   * @param input what it reads in the old network; null if unknown
   * @throws DL4JInvalidConfigException if there is none, naming the node
   */
  abstract InputPreProcessor preProcessor(InputPreProcessor preProcessor, Node node, Layout input);

  /** Merges the channels of images. */
  abstract MergeVertex merge();

  /** Joins or splits nodes after all of them were rewritten. */
  abstract NetworkNodes restructure(NetworkNodes network);
}
