/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.plugin;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Runs a {@link CompetitionLayer} as any DL4J layer runs: the backward pass belongs to the latest
 * forward pass. A block knows that and activates the layer again where it needs an earlier one.
 */
final class CompetitionLayerImplementation extends BaseLayer<CompetitionLayer> {
  private static final long serialVersionUID = 1L;
  private static final String INTERACTION = DefaultParamInitializer.WEIGHT_KEY;
  private static final String GROWTH = DefaultParamInitializer.BIAS_KEY;

  CompetitionLayerImplementation(NeuralNetConfiguration configuration, DataType dataType) {
    super(configuration, dataType);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    INDArray y =
        workspaces.createUninitialized(ArrayType.ACTIVATIONS, dataType, input.shape(), 'c');
    return y.assign(rates().muli(input));
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    INDArray rateGradient = epsilon.mul(input);
    Gradient gradient = new DefaultGradient();
    gradient.setGradientFor(
        INTERACTION, gradientViews.get(INTERACTION).assign(input.transpose().mmul(rateGradient)));
    gradient.setGradientFor(GROWTH, gradientViews.get(GROWTH).assign(rateGradient.sum(true, 0)));
    INDArray inputGradient =
        workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, input.shape(), 'c');
    inputGradient.assign(rates().muli(epsilon));
    inputGradient.addi(rateGradient.mmul(getParam(INTERACTION).transpose()));
    return new Pair<>(gradient, inputGradient);
  }

  /** Growth of each species for each of its members, {@code b + y W}. */
  private INDArray rates() {
    return input.mmul(getParam(INTERACTION)).addiRowVector(getParam(GROWTH));
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }
}
