/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.network;

import java.util.List;
import org.anodespark.odelayers.SdeBlock;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.layer.BufferedDense;
import org.anodespark.odelayers.regularization.Regularizer;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.stochastic.rungekutta.StochasticRungeKutta;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/**
 * An SDE block alone, which learns means and variances over paths: drift {@code W2 tanh(W1 u^3 +
 * b1) + b2}, diffusion {@code W3 u + b3}. Input {@code [N, C]}, one row for each path; output and
 * labels {@code [1, 2 C, T]}, as {@link BatchMoments} gives them. The loss is the mean of the
 * squared errors of the means plus that of the variances.
 *
 * <p>Source: A. Pal, Y. Ma, V. Shah and C. Rackauckas, "Opening the Blackbox: Accelerating Neural
 * Differential Equations by Regularizing Internal Solver Heuristics", ICML 2021, the spiral SDE.
 *
 * @param hidden width of the drift's hidden layer, at least 1
 * @param times of the output, the last one the end of the solve
 * @param solver method of one step
 * @param stepControl chooses the steps
 * @param adjoint an exact gradient strategy
 * @param regularizers of the steps; may be empty
 */
public record CubicMomentsNetwork(
    int hidden,
    List<Double> times,
    StochasticRungeKutta solver,
    StepControl stepControl,
    AdjointStrategy adjoint,
    List<Regularizer> regularizers) {
  /** The name of the network's input. */
  public static final String INPUT = "start";

  /** The name of the SDE block. */
  public static final String BLOCK = "sde";

  /** The name of the network's output. */
  public static final String OUTPUT = "loss";

  private static final String MOMENTS = "moments";

  /** Keeps copies of the lists. */
  public CubicMomentsNetwork {
    times = List.copyOf(times);
    regularizers = List.copyOf(regularizers);
  }

  /**
   * The graph, ready for {@code ComputationGraph.init}.
   *
   * @param base seed, type, updater and whatever else holds for the whole network; gradients are
   *     not divided by the number of paths
   * @param start time of the input
   * @param size components of the state
   * @param savePoints by which sums over times are divided, at least 1; one more than the times if
   *     the start counts as one
   */
  public ComputationGraphConfiguration configure(
      NeuralNetConfiguration.Builder base, double start, int size, int savePoints) {
    double[] outputTimes = times.stream().mapToDouble(Double::doubleValue).toArray();
    return base.miniBatch(false)
        .graphBuilder()
        .addInputs(INPUT)
        .setInputTypes(InputType.feedForward(size))
        .addLayer(
            BLOCK,
            new SdeBlock.Builder()
                .drift(CubicField.layers(size, hidden))
                .diffusion(
                    new BufferedDense.Builder().nOut(size).activation(Activation.IDENTITY).build())
                .interval(start, outputTimes[outputTimes.length - 1])
                .outputTimes(outputTimes)
                .solver(solver)
                .stepControl(stepControl)
                .adjoint(adjoint)
                .regularizers(regularizers.toArray(Regularizer[]::new))
                .build(),
            INPUT)
        .addVertex(MOMENTS, new BatchMoments(), BLOCK)
        .addLayer(
            OUTPUT,
            new RnnLossLayer.Builder()
                .lossFunction(
                    new LossL2(
                        Nd4j.valueArrayOf(
                            new long[] {1, 2L * size}, 1.0 / (size * savePoints), DataType.DOUBLE)))
                .activation(Activation.IDENTITY)
                .build(),
            MOMENTS)
        .setOutputs(OUTPUT)
        .build();
  }
}
