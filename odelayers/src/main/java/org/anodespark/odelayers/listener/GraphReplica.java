/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.listener;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/** A {@link Replica} of a {@code ComputationGraph}. */
final class GraphReplica extends Replica {
  private final ComputationGraph graph;
  private final MultiDataSet minibatch;

  private GraphReplica(ComputationGraph graph, INDArray parameters, MultiDataSet minibatch) {
    super(parameters);
    this.graph = graph;
    this.minibatch = minibatch;
  }

  static GraphReplica of(ComputationGraph original, INDArray[] labels, DataType dataType) {
    ComputationGraphConfiguration configuration =
        ComputationGraphConfiguration.fromJson(original.getConfiguration().toJson());
    configuration.setDataType(dataType);
    ComputationGraph copy = new ComputationGraph(configuration);
    INDArray parameters = copyOf(original.params(), dataType);
    copy.init(parameters, false);
    return new GraphReplica(
        copy,
        parameters,
        new MultiDataSet(
            as(dataType, original.getInputs()),
            as(dataType, labels),
            as(dataType, original.getInputMaskArrays()),
            as(dataType, original.getLabelMaskArrays())));
  }

  @Override
  Model network() {
    return graph;
  }

  @Override
  Map<String, Trainable> parts() {
    Map<String, Trainable> parts = new LinkedHashMap<>();
    for (GraphVertex vertex : graph.getVertices()) {
      parts.put(vertex.getVertexName(), vertex);
    }
    return parts;
  }

  @Override
  void computeGradient() {
    graph.setInputs(minibatch.getFeatures());
    graph.setLabels(minibatch.getLabels());
    graph.setLayerMaskArrays(minibatch.getFeaturesMaskArrays(), minibatch.getLabelsMaskArrays());
    graph.computeGradientAndScore();
  }

  @Override
  double score() {
    return graph.score(minibatch, true);
  }

  @Override
  double regularization() {
    return graph.calcRegularizationScore(true);
  }

  @Override
  void clear() {
    graph.clearLayersStates();
  }
}
