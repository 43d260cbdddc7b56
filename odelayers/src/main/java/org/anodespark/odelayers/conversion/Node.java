/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.conversion;

import java.util.List;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * A vertex of a network with its place in it. Layers of a {@code MultiLayerNetwork} are vertices
 * too, named by their numbers.
 *
 * @param name unique in the network
 * @param vertex a {@link LayerVertex} for a layer
 * @param inputs names of the nodes, or of the network's inputs, that it reads
 */
record Node(String name, GraphVertex vertex, List<String> inputs) {
  /** The layer's bean; null if this is no layer. */
  Layer bean() {
    return vertex instanceof LayerVertex layer ? layer.getLayerConf().getLayer() : null;
  }

  /** The layer's preprocessor; null if there is none. */
  InputPreProcessor preProcessor() {
    return vertex instanceof LayerVertex layer ? layer.getPreProcessor() : null;
  }

  /** The same node in another place. */
  Node reading(List<String> otherInputs) {
    return new Node(name, vertex, otherInputs);
  }

  /** How errors call it. */
  String description() {
    Object what = bean() == null ? vertex : bean();
    Layer bean = bean();
    String called = bean == null || bean.getLayerName() == null ? name : bean.getLayerName();
    return "\"" + called + "\" (" + what.getClass().getSimpleName() + ")";
  }
}
