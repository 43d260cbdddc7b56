/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.network;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Runs {@link BatchMoments}. */
@SuppressWarnings(
    "overrides") // DL4J's base class implements a method of variable arity with a fixed one
final class BatchMomentsVertex extends BaseGraphVertex {
  private static final long serialVersionUID = 1L;

  BatchMomentsVertex(ComputationGraph graph, String name, int index, DataType dataType) {
    super(graph, name, index, null, null, dataType);
  }

  @Override
  public boolean hasLayer() {
    return false;
  }

  @Override
  public Layer getLayer() {
    return null;
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray series = inputs[0];
    if (series.size(0) < 2) {
      throw new IllegalArgumentException(
          "BatchMoments got "
              + series.size(0)
              + " example, whose variance nobody knows; give at least 2.");
    }
    try (MemoryWorkspace ignored = workspaces.notifyScopeBorrowed(ArrayType.ACTIVATIONS)) {
      INDArray mean = series.mean(true, 0);
      INDArray deviation = series.sub(mean);
      INDArray variance = deviation.muli(deviation).sum(true, 0).divi(series.size(0) - 1);
      return Nd4j.concat(1, mean, variance);
    }
  }

  /** {@code d mean / d x = 1 / N} and {@code d variance / d x = 2 (x - mean) / (N - 1)}. */
  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
    INDArray series = inputs[0];
    long examples = series.size(0);
    long size = series.size(1);
    INDArray byMean = epsilon.get(all(), interval(0, size), all());
    INDArray byVariance = epsilon.get(all(), interval(size, 2 * size), all());
    try (MemoryWorkspace ignored = workspaces.notifyScopeBorrowed(ArrayType.ACTIVATION_GRAD)) {
      INDArray byInput = series.sub(series.mean(true, 0));
      byInput.muli(byVariance).muli(2.0 / (examples - 1)).addi(byMean.div(examples));
      return new Pair<>(null, new INDArray[] {byInput});
    }
  }

  @Override
  public void setBackpropGradientsViewArray(INDArray view) {
    if (view != null) {
      throw new IllegalArgumentException("BatchMoments has no parameters.");
    }
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int minibatchSize) {
    return null;
  }

  @Override
  public String toString() {
    return "BatchMoments(\"" + getVertexName() + "\")";
  }
}
