/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.network.latent;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Runs a {@link GaussianSampling}. */
final class GaussianSamplingLayer extends AbstractLayer<GaussianSampling> {
  private static final long serialVersionUID = 1L;

  /** What the latest sample differs by from its mean; null if nothing is to be differentiated. */
  private transient INDArray deviation;

  /** Of the divergence, in the latest sample. */
  private transient double weight;

  /** What the latest call adds to the score; 0 in prediction. */
  private transient double penalty;

  GaussianSamplingLayer(NeuralNetConfiguration configuration, DataType dataType) {
    super(configuration, dataType);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    INDArray mean = mean(input);
    INDArray sample =
        workspaces.createUninitialized(ArrayType.ACTIVATIONS, dataType, mean.shape(), 'c');
    sample.assign(mean);
    deviation = null;
    penalty = 0;
    if (training) {
      // the deviation is needed in the backward pass, when DL4J's workspaces have moved on
      try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
        INDArray logVariance = logVariance(input);
        deviation = Nd4j.randn(dataType, mean.shape());
        deviation.muli(Transforms.exp(logVariance.mul(0.5), false));
        sample.addi(deviation);
        weight = layerConf().getWeight().valueAt(getIterationCount(), getEpochCount());
        INDArray twice = mean.mul(mean).addi(Transforms.exp(logVariance)).subi(logVariance).subi(1);
        penalty = weight * twice.sumNumber().doubleValue() / (2 * input.size(0));
      }
    }
    return sample;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    if (deviation == null) {
      throw new IllegalStateException(
          "No sample to differentiate in "
              + layerId()
              + ": backpropGradient needs an activate(training = true) before it, and only once.");
    }
    INDArray byInput =
        workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, input.shape(), 'c');
    try (MemoryWorkspace ignored = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      // DL4J adds gradients up over the examples of a minibatch and divides them before the update
      double scale = conf.isMiniBatch() ? weight : weight / input.size(0);
      mean(byInput).assign(mean(input).mul(scale).addi(epsilon));
      logVariance(byInput)
          .assign(
              Transforms.exp(logVariance(input))
                  .subi(1)
                  .muli(scale)
                  .addi(deviation.mul(epsilon))
                  .muli(0.5));
    }
    deviation = null;
    return new Pair<>(new DefaultGradient(), byInput);
  }

  private static INDArray mean(INDArray rows) {
    return rows.get(all(), interval(0, rows.size(1) / 2));
  }

  private static INDArray logVariance(INDArray rows) {
    return rows.get(all(), interval(rows.size(1) / 2, rows.size(1)));
  }

  @Override
  public double calcRegularizationScore(boolean backpropParametersOnly) {
    return penalty;
  }

  @Override
  public void clear() {
    super.clear();
    deviation = null;
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public void clearNoiseWeightParams() {
    // there are no weights
  }
}
