/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.network;

import java.util.List;
import org.anodespark.odelayers.OdeBlock;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.regularization.Regularizer;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepMethod;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/**
 * An ODE block alone, which learns trajectories: {@code du/dt = W2 tanh(W1 u^3 + b1) + b2}. Input
 * {@code [N, C]}, output {@code [N, C, T]}, labels likewise; the loss is the mean of the squared
 * errors of one trajectory over components and save points.
 *
 * <p>Source of the field: R. T. Q. Chen, Y. Rubanova, J. Bettencourt and D. Duvenaud, "Neural
 * Ordinary Differential Equations", NeurIPS 2018, the spiral among the examples.
 *
 * @param hidden width of the hidden layer, at least 1
 * @param times of the output, the last one the end of the solve
 * @param solver method of one step
 * @param stepControl chooses the steps
 * @param adjoint gradient strategy
 * @param regularizers of the solve; may be empty
 */
public record CubicTrajectoryNetwork(
    int hidden,
    List<Double> times,
    StepMethod solver,
    StepControl stepControl,
    AdjointStrategy adjoint,
    List<Regularizer> regularizers) {
  /** The index of the block in the network. */
  public static final int BLOCK = 0;

  /** Keeps copies of the lists. */
  public CubicTrajectoryNetwork {
    times = List.copyOf(times);
    regularizers = List.copyOf(regularizers);
  }

  /**
   * The network, ready for {@code MultiLayerNetwork.init}.
   *
   * @param base seed, type, updater and whatever else holds for the whole network; gradients are
   *     not divided by the size of the minibatch
   * @param start time of the input
   * @param size components of the state
   * @param savePoints by which the sum of squared errors is divided, at least 1; one more than the
   *     times if the start counts as one
   */
  public MultiLayerConfiguration configure(
      NeuralNetConfiguration.Builder base, double start, int size, int savePoints) {
    return base.miniBatch(false)
        .list()
        .layer(
            new OdeBlock.Builder()
                .name("ode")
                .dynamics(CubicField.layers(size, hidden))
                .interval(start, times.get(times.size() - 1))
                .outputTimes(times.stream().mapToDouble(Double::doubleValue).toArray())
                .solver(solver)
                .stepControl(stepControl)
                .adjoint(adjoint)
                .regularizers(regularizers.toArray(Regularizer[]::new))
                .build())
        .layer(
            new RnnLossLayer.Builder()
                .lossFunction(
                    new LossL2(
                        Nd4j.valueArrayOf(
                            new long[] {1, size}, 1.0 / (size * savePoints), DataType.DOUBLE)))
                .activation(Activation.IDENTITY)
                .build())
        .setInputType(InputType.feedForward(size))
        .build();
  }
}
