/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.listener;

import org.anodespark.odelayers.OdeBlock;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.layers.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Refuses networks whose loss in training is not a function of parameters and minibatch: nobody can
 * take differences of it.
 */
final class RepeatableLoss {
  private RepeatableLoss() {}

  /** What the configuration tells, before anything is computed: no random number is drawn. */
  static void require(Model network) {
    if (backpropagation(network) == BackpropType.TruncatedBPTT) {
      throw refusal(
          "its truncated backpropagation through time carries states from one segment to the next;"
              + " use BackpropType.Standard");
    }
    for (Layer layer : OdeBlocks.layers(network)) {
      boolean frozen = layer instanceof FrozenLayer || layer instanceof FrozenLayerWithBackprop;
      if (!frozen) {
        requireNoNoise(layer.conf().getLayer());
        requireNoRegularizers(layer.conf().getLayer());
      }
    }
  }

  private static void requireNoNoise(org.deeplearning4j.nn.conf.layers.Layer layer) {
    Object noise = layer.getIDropout();
    if (noise == null && layer instanceof BaseLayer base) {
      noise = base.getWeightNoise();
    }
    if (noise != null) {
      throw refusal(
          "layer \""
              + layer.getLayerName()
              + "\" has "
              + noise
              + ", which makes the loss random; audit the network without it");
    }
  }

  private static void requireNoRegularizers(org.deeplearning4j.nn.conf.layers.Layer layer) {
    if (layer instanceof OdeBlock block && !block.getRegularizers().isEmpty()) {
      throw refusal(
          "ODE block \""
              + layer.getLayerName()
              + "\" has "
              + block.getRegularizers()
              + ", which take the lengths of steps for constants or draw random numbers, so that"
              + " differences of the loss are not its gradient; audit the network without them");
    }
  }

  /** The loss, once it was computed again with the same numbers. */
  static void requireAgreement(double score, double again, DataType dataType) {
    double tolerance = (dataType == DataType.DOUBLE ? 1e-10 : 1e-5) * Math.abs(score);
    if (Math.abs(score - again) > tolerance) {
      throw refusal(
          "its loss was "
              + score
              + " and is "
              + again
              + " when computed again with the same parameters and minibatch, so a layer or an"
              + " activation function is random or remembers earlier minibatches; audit the network"
              + " without it");
    }
  }

  private static BackpropType backpropagation(Model network) {
    return network instanceof MultiLayerNetwork multiLayer
        ? multiLayer.getLayerWiseConfigurations().getBackpropType()
        : ((ComputationGraph) network).getConfiguration().getBackpropType();
  }

  private static IllegalStateException refusal(String reason) {
    return new IllegalStateException("GradientAudit cannot check this network: " + reason + ".");
  }
}
