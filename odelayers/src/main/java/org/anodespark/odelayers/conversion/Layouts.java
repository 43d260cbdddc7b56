/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.conversion;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.StackVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.graph.UnstackVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;

/**
 * Which arrays of a network are images, and where their channels are. A network's configuration
 * does not keep the type of its input, so the layers are asked. Some say it, as convolutions do;
 * others, as activations, have what their neighbours have.
 */
final class Layouts {
  /** Arrays of one layout point, over any number of others, to the same one. */
  private final Map<String, String> same = new HashMap<>();

  private final Map<String, Layout> known = new HashMap<>();

  /**
   * @throws DL4JInvalidConfigException if two layers that share an array do not agree on it
   */
  Layouts(NetworkNodes network) {
    for (Node node : network.nodes()) {
      if (node.bean() != null) {
        readPreProcessor(node.preProcessor(), node.inputs().get(0), argument(node), node);
        readLayer(node.bean(), argument(node), node.name(), node);
      } else {
        readVertex(node);
      }
    }
  }

  /** What a node reads; behind its preprocessor, if it is a layer with one. Null if unknown. */
  Layout input(Node node) {
    return known.get(root(node.bean() == null ? node.inputs().get(0) : argument(node)));
  }

  /** What a node makes; null if unknown. */
  Layout output(Node node) {
    return known.get(root(node.name()));
  }

  /** What a layer's preprocessor reads; null if unknown. */
  Layout beforePreProcessor(Node node) {
    return known.get(root(node.inputs().get(0)));
  }

  private static String argument(Node node) {
    return node.name() + " behind its preprocessor";
  }

  private void readPreProcessor(
      InputPreProcessor preProcessor, String before, String after, Node node) {
    if (preProcessor == null) {
      join(before, after, node);
    } else if (preProcessor instanceof CnnToFeedForwardPreProcessor flattening) {
      note(before, Layout.of(flattening.getFormat()), node);
      note(after, Layout.ROWS, node);
    } else if (preProcessor instanceof FeedForwardToCnnPreProcessor) {
      note(before, Layout.ROWS, node);
      note(after, Layout.CHANNELS_FIRST, node);
    } else if (preProcessor instanceof ImagesToChannelsFirstRows) {
      note(before, Layout.CHANNELS_LAST, node);
      note(after, Layout.ROWS, node);
    } else if (preProcessor instanceof ChannelsFirstRowsToImages) {
      note(before, Layout.ROWS, node);
      note(after, Layout.CHANNELS_LAST, node);
    }
  }

  private void readLayer(Layer bean, String input, String output, Node node) {
    if (bean instanceof BatchNormalization
        || bean instanceof ActivationLayer
        || bean instanceof DropoutLayer
        || bean instanceof LossLayer) {
      join(input, output, node);
    } else if (bean instanceof DenseLayer
        || bean instanceof OutputLayer
        || bean instanceof CenterLossOutputLayer) {
      note(input, Layout.ROWS, node);
      note(output, Layout.ROWS, node);
    } else if (bean instanceof GlobalPoolingLayer pooling) {
      readPooling(pooling, input, output, node);
    } else {
      CNN2DFormat format = ImageFormats.of(bean);
      if (format != null) {
        note(input, Layout.of(format), node);
        note(output, Layout.of(format), node);
      }
    }
  }

  private void readPooling(GlobalPoolingLayer pooling, String input, String output, Node node) {
    int[] axes = pooling.getPoolingDimensions();
    if (Arrays.equals(axes, new int[] {2, 3})) {
      note(input, Layout.CHANNELS_FIRST, node);
    } else if (Arrays.equals(axes, new int[] {1, 2})) {
      note(input, Layout.CHANNELS_LAST, node);
    }
    if (pooling.isCollapseDimensions()) {
      note(output, Layout.ROWS, node);
    } else {
      join(input, output, node);
    }
  }

  private void readVertex(Node node) {
    GraphVertex vertex = node.vertex();
    if (vertex instanceof PreprocessorVertex preProcessing) {
      readPreProcessor(preProcessing.getPreProcessor(), node.inputs().get(0), node.name(), node);
    } else if (vertex instanceof ElementWiseVertex
        || vertex instanceof MergeVertex
        || vertex instanceof ScaleVertex
        || vertex instanceof ShiftVertex
        || vertex instanceof StackVertex
        || vertex instanceof UnstackVertex
        || vertex instanceof SubsetVertex) {
      node.inputs().forEach(input -> join(input, node.name(), node));
    }
  }

  private String root(String array) {
    String next = same.get(array);
    return next == null ? array : root(next);
  }

  private void join(String one, String other, Node by) {
    String first = root(one);
    String second = root(other);
    if (!first.equals(second)) {
      Layout layout = known.remove(first);
      same.put(first, second);
      if (layout != null) {
        note(second, layout, by);
      }
    }
  }

  private void note(String array, Layout layout, Node by) {
    Layout before = known.putIfAbsent(root(array), layout);
    if (before != null && before != layout) {
      throw new DL4JInvalidConfigException(
          "The network cannot be converted: at "
              + by.description()
              + " an array would be both "
              + before
              + " and "
              + layout
              + "; check the data formats of the layers before it.");
    }
  }
}
