/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.network.latent;

import java.util.List;
import org.anodespark.odelayers.layer.BufferedActivation;
import org.anodespark.odelayers.layer.BufferedDense;
import org.anodespark.odelayers.network.OdeBlockSettings;
import org.anodespark.odelayers.schedule.SaturatingSchedule;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * A latent ODE: a variational autoencoder of irregularly observed time series, whose decoder solves
 * an ODE. Of F features at T times of a common grid only some are observed.
 *
 * <table>
 *   <caption>Nodes of the graph</caption>
 *   <tr><td>{@value #INPUT}</td><td>{@code [N, 2 F + 1, T]}, the latest time first: observed values and 0 for the others; 1 where a value was observed and 0 elsewhere; a time difference</td></tr>
 *   <tr><td>recognition</td><td>an LSTM, which so runs from the end to the start; its last output</td></tr>
 *   <tr><td>{@value #START}</td><td>two dense layers, tanh and linear, give mean and log variance of the L components of the state at t = 0; {@link GaussianSampling} draws it</td></tr>
 *   <tr><td>{@value #BLOCK}</td><td>the ODE with the field {@code tanh(W4 tanh(W3 tanh(W2 tanh(W1 tanh(z)))))} (biases left out), from L to {@code hidden} to L components, twice; {@code [N, L, T]}</td></tr>
 *   <tr><td>{@value #OUTPUT}</td><td>a linear decoder, {@code [N, F, T]}, the first time first; {@link MaskedGaussianLoss}</td></tr>
 * </table>
 *
 * <p>Labels {@code [N, F, T]} need a label mask of the same shape. The loss is the mean negative
 * log-likelihood of observed values plus {@code 1 - 0.99^i} times the divergence in iteration i.
 *
 * <p>Source: Y. Rubanova, R. T. Q. Chen and D. Duvenaud, "Latent Ordinary Differential Equations
 * for Irregularly-Sampled Time Series", NeurIPS 2019, and the settings of A. Pal et al., "Opening
 * the Blackbox", ICML 2021, for PhysioNet, where the recognition network is a GRU, which DL4J has
 * not, that skips times without observations, and the field has eight dense layers.
 *
 * @param latent components L of the ODE's state, at least 1
 * @param recognition units of the recognition network, at least 1
 * @param hidden width of the field's hidden layers, at least 1
 * @param times of the grid, rising, after 0
 * @param deviation standard deviation of the likelihood, positive
 * @param block how the ODE is solved
 */
public record LatentOdeNetwork(
    int latent,
    int recognition,
    int hidden,
    List<Double> times,
    double deviation,
    OdeBlockSettings block) {
  /** The name of the network's input. */
  public static final String INPUT = "observations";

  /** The name of the layer that draws the initial state. */
  public static final String START = "start";

  /** The name of the ODE block. */
  public static final String BLOCK = "ode";

  /** The name of the network's output. */
  public static final String OUTPUT = "decoder";

  private static final double REMAINING_WITHOUT_DIVERGENCE = 0.99;

  /** Keeps a copy of the list. */
  public LatentOdeNetwork {
    times = List.copyOf(times);
  }

  /**
   * The graph, ready for {@code ComputationGraph.init}.
   *
   * @param base seed, type, updater and whatever else holds for the whole network
   * @param features F, at least 1
   */
  public ComputationGraphConfiguration configure(
      NeuralNetConfiguration.Builder base, int features) {
    return base.graphBuilder()
        .addInputs(INPUT)
        .setInputTypes(InputType.recurrent(2L * features + 1, times.size()))
        .addLayer(
            "recognition",
            new LSTM.Builder().nOut(recognition).activation(Activation.TANH).build(),
            INPUT)
        .addVertex("earliest", new LastTimeStepVertex(INPUT), "recognition")
        .addLayer("summary", dense(recognition, Activation.TANH), "earliest")
        .addLayer("moments", dense(2 * latent, Activation.IDENTITY), "summary")
        .addLayer(
            START,
            new GaussianSampling(
                new SaturatingSchedule(ScheduleType.ITERATION, REMAINING_WITHOUT_DIVERGENCE)),
            "moments")
        .addLayer(
            BLOCK,
            block
                .builder()
                .dynamics(field())
                .interval(0, times.get(times.size() - 1))
                .outputTimes(times.stream().mapToDouble(Double::doubleValue).toArray())
                .build(),
            START)
        .addLayer(
            OUTPUT,
            // not a dense layer before an RnnLossLayer: what DL4J puts between these predicts only
            // for as many examples as the latest minibatch in training had
            new RnnOutputLayer.Builder()
                .nOut(features)
                .lossFunction(new MaskedGaussianLoss(deviation, times.size()))
                .activation(Activation.IDENTITY)
                .build(),
            BLOCK)
        .setOutputs(OUTPUT)
        .build();
  }

  private static DenseLayer dense(int outputs, Activation activation) {
    return new DenseLayer.Builder().nOut(outputs).activation(activation).build();
  }

  private Layer[] field() {
    return new Layer[] {
      new BufferedActivation(Activation.TANH),
      bounded(hidden),
      bounded(latent),
      bounded(hidden),
      bounded(latent)
    };
  }

  private static Layer bounded(int outputs) {
    return new BufferedDense.Builder().nOut(outputs).activation(Activation.TANH).build();
  }
}
