/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.network;

import org.anodespark.odelayers.dynamics.TimeAsChannelOfEveryLayer;
import org.anodespark.odelayers.layer.BufferedDense;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;

/**
 * Images as points of one ODE, and a linear classifier of where it takes them: the network for
 * MNIST of Pal et al., "Opening the Blackbox: Accelerating Neural Differential Equations by
 * Regularizing Internal Solver Heuristics" (ICML 2021), after Kelly et al., "Learning Differential
 * Equations that are Easy to Solve" (NeurIPS 2020).
 *
 * <p>Input {@code [N, H, W, C]}, pixels in [0, 1]; it becomes rows {@code [N, D]} with D = H W C.
 * The field, for t from 0 to 1, is {@code f(t, y) = tanh(W2 [tanh(W1 [y; t] + b1); t] + b2)} with
 * the time beside the input of both layers, or linear behind the second one. A softmax classifier
 * follows; output {@code [N, classes]}. Parameters: {@code (D + 2) hidden + (hidden + 2) D + (D +
 * 1) classes}, for MNIST with 100 hidden units 166418.
 *
 * @param hidden units between the field's two layers, at least 1
 * @param boundedField whether a tanh follows the second layer, as in the paper of 2021; without it
 *     the field is linear there, as in that of 2020 and in Pal, Edelman and Rackauckas, "Locally
 *     Regularized Neural Differential Equations" (ICML 2023)
 * @param block how the ODE is solved
 */
public record DenseOdeNetwork(int hidden, boolean boundedField, OdeBlockSettings block)
    implements ImageNetwork {
  private static final int HIDDEN_FOR_MNIST = 100;

  /** The network with the sizes that the papers have for MNIST. */
  public static DenseOdeNetwork forMnist(boolean boundedField, OdeBlockSettings block) {
    return new DenseOdeNetwork(HIDDEN_FOR_MNIST, boundedField, block);
  }

  @Override
  public ComputationGraphConfiguration configure(
      NeuralNetConfiguration.Builder base, int height, int width, int channels, int classes) {
    return base.weightInit(WeightInit.XAVIER_UNIFORM)
        .graphBuilder()
        .addInputs(INPUT)
        .setInputTypes(InputType.convolutional(height, width, channels, CNN2DFormat.NHWC))
        .addVertex(
            "rows",
            new PreprocessorVertex(
                new CnnToFeedForwardPreProcessor(height, width, channels, CNN2DFormat.NHWC)),
            INPUT)
        .addLayer(
            "ode",
            block
                .builder()
                .dynamics(dense(hidden, true), dense(height * width * channels, boundedField))
                .timeInput(new TimeAsChannelOfEveryLayer())
                .build(),
            "rows")
        .addLayer(OUTPUT, Classifier.of(classes, WeightInit.XAVIER_UNIFORM), "ode")
        .setOutputs(OUTPUT)
        .build();
  }

  private static DenseLayer dense(int outputs, boolean bounded) {
    return new BufferedDense.Builder()
        .nOut(outputs)
        .activation(bounded ? Activation.TANH : Activation.IDENTITY)
        .build();
  }
}
