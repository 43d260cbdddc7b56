/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.layer;

import java.util.Collection;
import org.anodespark.odelayers.kernel.Nonlinearity;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * ReLU, tanh, sigmoid, softplus, cube or exact GELU of arrays of any shape, where no other layer
 * applies it in its own pass; as DL4J's {@link ActivationLayer}, but a {@link BufferedLayer}.
 */
public class BufferedActivation extends ActivationLayer {
  private static final long serialVersionUID = 1L;

  /** For JSON. */
  public BufferedActivation() {}

  /**
   * @param activation identity, ReLU, tanh, sigmoid, softplus or cube; not GELU, by which DL4J
   *     means an approximation ({@link ActivationErfGELU})
   * @throws DL4JInvalidConfigException for another one
   */
  public BufferedActivation(Activation activation) {
    this(activation.getActivationFunction());
  }

  /**
   * @param activation identity, ReLU, tanh, sigmoid, softplus, cube or {@link ActivationErfGELU}
   * @throws DL4JInvalidConfigException for another one
   */
  public BufferedActivation(IActivation activation) {
    super(activation);
    FusedActivation.require(activation, this, Nonlinearity.values());
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration configuration,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray parameters,
      boolean initializeParameters,
      DataType dataType) {
    // one that was read from JSON, or got the network's default
    FusedActivation.require(getActivationFn(), this, Nonlinearity.values());
    return AbstractParameterlessLayer.initialise(
        new BufferedActivationLayer(configuration, dataType), listeners, layerIndex);
  }

  /** What is applied. */
  public Nonlinearity function() {
    return FusedActivation.of(getActivationFn());
  }
}
