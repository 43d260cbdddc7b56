/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.network;

import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** The last layer of a network that classifies: softmax of a linear function, and cross-entropy. */
public final class Classifier {
  private Classifier() {}

  /**
   * The layer.
   *
   * @param classes at least 2
   */
  public static OutputLayer of(int classes, WeightInit weightInit) {
    return new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
        .activation(Activation.SOFTMAX)
        .weightInit(weightInit)
        .nOut(classes)
        .build();
  }
}
