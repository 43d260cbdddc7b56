/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.network;

import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InvalidInputTypeException;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Means and variances over the examples of a minibatch of time series: from {@code [N, C, T]}, N at
 * least 2, it makes {@code [1, 2 C, T]}, the C means first and then the C variances {@code sum (x -
 * mean)^2 / (N - 1)}. The configuration of a graph's vertex without parameters.
 */
public final class BatchMoments extends GraphVertex {
  private static final long serialVersionUID = 1L;

  @Override
  public BatchMoments clone() {
    return new BatchMoments();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BatchMoments;
  }

  @Override
  public int hashCode() {
    return BatchMoments.class.getName().hashCode();
  }

  @Override
  public long numParams(boolean backprop) {
    return 0;
  }

  @Override
  public int minVertexInputs() {
    return 1;
  }

  @Override
  public int maxVertexInputs() {
    return 1;
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray parameters,
      boolean initializeParameters,
      DataType dataType) {
    return new BatchMomentsVertex(graph, name, index, dataType);
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType... inputs) {
    if (inputs.length == 1 && inputs[0] instanceof InputType.InputTypeRecurrent series) {
      return InputType.recurrent(2 * series.getSize(), series.getTimeSeriesLength());
    }
    throw new InvalidInputTypeException(
        "BatchMoments takes one time series [N, C, T]; put it behind a block with outputTimes.");
  }

  @Override
  public MemoryReport getMemoryReport(InputType... inputs) {
    return new LayerMemoryReport.Builder(
            null, BatchMoments.class, inputs[0], getOutputType(-1, inputs))
        .standardMemory(0, 0)
        .workingMemory(0, 0, 0, inputs[0].arrayElementsPerExample())
        .cacheMemory(0, 0)
        .build();
  }
}
