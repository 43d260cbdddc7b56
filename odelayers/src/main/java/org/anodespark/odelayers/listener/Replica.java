/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.listener;

import java.util.Map;
import java.util.Set;
import org.anodespark.odelayers.adjoint.FullStorage;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A second network with configuration, parameters and minibatch of the one that trains, so that
 * whatever is computed here leaves that one as it is. The configuration is copied by way of its
 * JSON: DL4J's own copies share the layers inside some wrappers.
 */
abstract class Replica implements AutoCloseable {
  /** Length of a difference's step, relative to the norm of the parameters. */
  private static final double RELATIVE_STEP = 1e-6;

  private final INDArray parameters;

  /**
   * @param parameters the replica's own flat view, which it runs on
   */
  Replica(INDArray parameters) {
    this.parameters = parameters;
  }

  /**
   * Copies a network in the middle of an iteration.
   *
   * @param network a {@code MultiLayerNetwork} or a {@code ComputationGraph} that has its minibatch
   * @param labels of each output, as {@link #labelsIn} found them during the backward pass
   * @param dataType floating-point type that the replica computes in
   */
  static Replica of(Model network, INDArray[] labels, DataType dataType) {
    return network instanceof MultiLayerNetwork multiLayer
        ? MultiLayerReplica.of(multiLayer, labels[0], dataType)
        : GraphReplica.of((ComputationGraph) network, labels, dataType);
  }

  /**
   * The labels of each output. They have to be asked for during the backward pass: a graph keeps
   * them in its output layers, which forget them at the end of it.
   */
  static INDArray[] labelsIn(Model network) {
    if (network instanceof MultiLayerNetwork multiLayer) {
      return new INDArray[] {multiLayer.getLabels()};
    }
    ComputationGraph graph = (ComputationGraph) network;
    return graph.getConfiguration().getNetworkOutputs().stream()
        .map(output -> OdeBlocks.unwrapped(graph.getVertex(output).getLayer()))
        .map(layer -> layer instanceof IOutputLayer output ? output.getLabels() : null)
        .toArray(INDArray[]::new);
  }

  /** The copy. */
  abstract Model network();

  /** The parts of the copy that own parameters, by their prefix in names of parameters. */
  abstract Map<String, Trainable> parts();

  /** Forward and backward pass in training mode. */
  abstract void computeGradient();

  /** The score of a forward pass in training mode, with regularisation terms. */
  abstract double score();

  /** The regularisation terms of the score. */
  abstract double regularization();

  /** Forgets activations. */
  abstract void clear();

  /** From now on every ODE block keeps all it computes. */
  final void useFullStorage() {
    OdeBlocks.of(network())
        .values()
        .forEach(block -> OdeBlocks.bean(block).setAdjoint(new FullStorage()));
  }

  /** The gradient of the loss without regularisation terms, computed here. */
  final INDArray gradient() {
    computeGradient();
    return gradientIn(network());
  }

  /**
   * The gradient of the loss without regularisation terms that a network has just computed.
   *
   * @return {@code [P]}, in double precision; pseudo-gradients are as the layers left them
   */
  static INDArray gradientIn(Model network) {
    INDArray gradient = network.getGradientsViewArray();
    double scale = network.conf().isMiniBatch() ? 1.0 / network.batchSize() : 1.0;
    return gradient.castTo(DataType.DOUBLE).reshape(gradient.length()).mul(scale);
  }

  /**
   * Which entries of the latest gradient are derivatives of the loss: neither running statistics,
   * whose gradients are pseudo-gradients, nor parameters of frozen layers, which have none.
   *
   * @return {@code [P]}, 1 for a derivative, else 0; in double precision
   */
  final INDArray derivatives() {
    Set<String> withGradient = network().gradient().gradientForVariable().keySet();
    INDArray values = parameters.dup();
    parameters.assign(0.0);
    parts()
        .forEach(
            (prefix, part) ->
                part.paramTable(false)
                    .forEach(
                        (name, view) -> {
                          if (withGradient.contains(prefix + "_" + name)
                              && part.updaterDivideByMinibatch(name)) {
                            view.assign(1.0);
                          }
                        }));
    INDArray derivatives = parameters.dup().castTo(DataType.DOUBLE).reshape(parameters.length());
    parameters.assign(values);
    return derivatives;
  }

  /**
   * (L(theta + h v) - L(theta - h v)) / 2h of the loss L without regularisation terms, at the
   * present parameters theta.
   *
   * @param direction v, {@code [P]}, of length 1
   */
  final double centralDifference(INDArray direction) {
    INDArray theta = parameters.dup();
    INDArray v = direction.castTo(theta.dataType()).reshape(theta.shape());
    double h = RELATIVE_STEP * Math.max(1.0, theta.norm2Number().doubleValue());
    double ahead = lossAt(theta.add(v.mul(h)));
    double behind = lossAt(theta.sub(v.mul(h)));
    parameters.assign(theta);
    return (ahead - behind) / (2.0 * h);
  }

  private double lossAt(INDArray values) {
    parameters.assign(values);
    return score() - regularization();
  }

  /** An array of the network that trains, for a replica of the given type; null stays null. */
  static INDArray as(DataType dataType, INDArray array) {
    return array == null || !array.dataType().isFPType() ? array : array.castTo(dataType);
  }

  /** The same for several. */
  static INDArray[] as(DataType dataType, INDArray[] arrays) {
    if (arrays == null) {
      return null;
    }
    INDArray[] converted = new INDArray[arrays.length];
    for (int i = 0; i < arrays.length; i++) {
      converted[i] = as(dataType, arrays[i]);
    }
    return converted;
  }

  /** An array of the replica's own with the parameters of the network that trains. */
  static INDArray copyOf(INDArray parameters, DataType dataType) {
    return parameters.dataType() == dataType ? parameters.dup() : parameters.castTo(dataType);
  }

  /** Frees the memory of parameters and gradient without waiting for the garbage collector. */
  @Override
  public final void close() {
    clear();
    INDArray gradient = network().getGradientsViewArray();
    if (gradient != null && gradient.closeable()) {
      gradient.close();
    }
    if (parameters.closeable()) {
      parameters.close();
    }
  }
}
