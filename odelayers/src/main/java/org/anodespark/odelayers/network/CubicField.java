/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.network;

import org.anodespark.odelayers.layer.BufferedActivation;
import org.anodespark.odelayers.layer.BufferedDense;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.activations.Activation;

/** The field {@code W2 tanh(W1 u^3 + b1) + b2}, the usual one for data of a cubic spiral. */
final class CubicField {
  private CubicField() {}

  static Layer[] layers(int size, int hidden) {
    return new Layer[] {
      new BufferedActivation(Activation.CUBE),
      new BufferedDense.Builder().nOut(hidden).activation(Activation.TANH).build(),
      new BufferedDense.Builder().nOut(size).activation(Activation.IDENTITY).build()
    };
  }
}
