/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;

/** The activations that a layer of this package can apply in its own pass: identity and ReLU. */
final class FusedActivation {
  private FusedActivation() {}

  /**
   * The activation that was asked for, identity if none was.
   *
   * @throws DL4JInvalidConfigException for another one, naming the layer
   */
  static IActivation of(IActivation activation, Layer layer) {
    if (activation == null) {
      return new ActivationIdentity();
    }
    if (activation instanceof ActivationIdentity || activation instanceof ActivationReLU) {
      return activation;
    }
    throw new DL4JInvalidConfigException(
        layer.getClass().getSimpleName()
            + " (layer name: "
            + layer.getLayerName()
            + ") can be followed by identity or ReLU, but was given "
            + activation
            + "; put an ActivationLayer behind it.");
  }

  static boolean rectifies(IActivation activation) {
    return activation instanceof ActivationReLU;
  }
}
