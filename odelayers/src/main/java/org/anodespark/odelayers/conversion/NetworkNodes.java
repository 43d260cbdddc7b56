/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.conversion;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;

/**
 * The nodes of a network, in the order of its configuration.
 *
 * @param nodes all but the network's inputs
 * @param outputs names of the nodes whose results are the network's
 */
record NetworkNodes(List<Node> nodes, List<String> outputs) {
  private static final String INPUT = "input";

  static NetworkNodes of(MultiLayerConfiguration configuration) {
    List<Node> nodes = new ArrayList<>();
    String last = INPUT;
    for (int i = 0; i < configuration.getConfs().size(); i++) {
      LayerVertex vertex =
          new LayerVertex(configuration.getConf(i), configuration.getInputPreProcess(i));
      nodes.add(new Node(String.valueOf(i), vertex, List.of(last)));
      last = String.valueOf(i);
    }
    return new NetworkNodes(nodes, List.of(last));
  }

  static NetworkNodes of(ComputationGraphConfiguration configuration) {
    List<Node> nodes = new ArrayList<>();
    configuration
        .getVertices()
        .forEach(
            (name, vertex) ->
                nodes.add(new Node(name, vertex, configuration.getVertexInputs().get(name))));
    return new NetworkNodes(nodes, configuration.getNetworkOutputs());
  }

  /** Writes the nodes into a configuration in place of its own; they are a chain of layers. */
  void into(MultiLayerConfiguration configuration) {
    List<NeuralNetConfiguration> layers = new ArrayList<>();
    Map<Integer, InputPreProcessor> preProcessors = new HashMap<>();
    for (Node node : nodes) {
      if (node.preProcessor() != null) {
        preProcessors.put(layers.size(), node.preProcessor());
      }
      layers.add(((LayerVertex) node.vertex()).getLayerConf());
    }
    configuration.setConfs(layers);
    configuration.setInputPreProcessors(preProcessors);
  }

  /** Writes the nodes into a configuration in place of its own. */
  void into(ComputationGraphConfiguration configuration) {
    Map<String, GraphVertex> vertices = new LinkedHashMap<>();
    Map<String, List<String>> inputs = new LinkedHashMap<>();
    for (Node node : nodes) {
      vertices.put(node.name(), node.vertex());
      inputs.put(node.name(), node.inputs());
    }
    configuration.setVertices(vertices);
    configuration.setVertexInputs(inputs);
    configuration.setNetworkOutputs(outputs);
    // belongs to the old nodes; DL4J finds a new one
    configuration.setTopologicalOrder(null);
    configuration.setTopologicalOrderStr(null);
  }

  /** The nodes that read the result of one. */
  List<Node> readersOf(Node node) {
    return nodes.stream().filter(other -> other.inputs().contains(node.name())).toList();
  }

  boolean isOutput(Node node) {
    return outputs.contains(node.name());
  }
}
