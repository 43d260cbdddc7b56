/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.anodespark.odelayers.kernel.Nonlinearity;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationCube;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/** The activations that layers of this package can apply, by DL4J's names and the kernels'. */
public final class FusedActivation {
  private FusedActivation() {}

  /**
   * The activation that was asked for, identity if none was.
   *
   * @param supported what the layer can apply
   * @throws DL4JInvalidConfigException for another one, naming the layer
   */
  static IActivation require(IActivation activation, Layer layer, Nonlinearity... supported) {
    if (activation == null) {
      return new ActivationIdentity();
    }
    if (!Arrays.asList(supported).contains(of(activation))) {
      throw new DL4JInvalidConfigException(
          Inputs.name(layer)
              + " can apply "
              + Arrays.stream(supported)
                  .map(each -> each.name().toLowerCase(Locale.ROOT))
                  .collect(Collectors.joining(" or "))
              + ", but was given "
              + activation
              + "; use an ActivationLayer for it.");
    }
    return activation;
  }

  /** The kernels' name of an activation; null if they have none. */
  public static Nonlinearity of(IActivation activation) {
    if (activation == null || activation instanceof ActivationIdentity) {
      return Nonlinearity.IDENTITY;
    }
    if (activation instanceof ActivationReLU relu) {
      return plain(relu) ? Nonlinearity.RELU : null;
    }
    if (activation instanceof ActivationSoftPlus) {
      return Nonlinearity.SOFTPLUS;
    }
    if (activation instanceof ActivationSigmoid) {
      return Nonlinearity.SIGMOID;
    }
    if (activation instanceof ActivationErfGELU) {
      return Nonlinearity.GELU;
    }
    if (activation instanceof ActivationCube) {
      return Nonlinearity.CUBE;
    }
    return activation instanceof ActivationTanH ? Nonlinearity.TANH : null;
  }

  /** DL4J's ReLU can have an upper bound, a threshold and a slope below it. */
  private static boolean plain(ActivationReLU relu) {
    return relu.getMax() == null && isZero(relu.getThreshold()) && isZero(relu.getNegativeSlope());
  }

  private static boolean isZero(Double value) {
    return value == null || value == 0.0;
  }
}
