/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.network;

import org.anodespark.odelayers.OdeBlock;
import org.anodespark.odelayers.conversion.ChannelsLastMerge;
import org.anodespark.odelayers.dynamics.TimeAsChannelOfEveryLayer;
import org.anodespark.odelayers.layer.ActivationErfGELU;
import org.anodespark.odelayers.layer.BufferedActivation;
import org.anodespark.odelayers.layer.ChannelsLastBatchNorm;
import org.anodespark.odelayers.layer.ChannelsLastConvolution;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.weights.WeightInit;

/**
 * One ODE on whole colour images that have been given more channels: the standard network for
 * CIFAR-10 of Pal, Edelman and Rackauckas, "Locally Regularized Neural Differential Equations: Some
 * Black Boxes Were Meant to Remain Closed!" (ICML 2023), after Poli et al., "Hypersolvers" (NeurIPS
 * 2020).
 *
 * <p>Input {@code [N, H, W, C]}. A 3x3 convolution of the image goes beside the image, which makes
 * the state's channels, and batch norm follows. The field, for t from 0 to 1, is three 3x3
 * convolutions with the time beside the input of each, batch norm and GELU behind the first two. A
 * 3x3 convolution to one channel, GELU and a softmax classifier of its pixels follow; output {@code
 * [N, classes]}. Convolutions in front of a batch norm of the field have no bias. With the sizes
 * for CIFAR-10 58047 parameters are learned; DL4J counts 272 running statistics besides.
 *
 * <p>The batch norms inside the field are shared by all times at which it is evaluated. In training
 * each evaluation is normalised by the statistics of its own batch at its own time. In prediction
 * all are normalised by the same running statistics, averages over the times of the solves in
 * training: the field that predicts is therefore another one than the field that was trained, by as
 * much as the statistics change along t, its solves take other steps, and the score in prediction
 * may be worse than with the batch's own statistics. {@link ResidualOdeNetwork} does without.
 *
 * @param addedChannels channels that the first convolution adds to the image, at least 1
 * @param width channels between the field's convolutions, at least 1
 * @param batchNormDecay share of the old running statistics kept at an update, in (0, 1)
 * @param block how the ODE is solved; its precision holds for all convolutions
 */
public record AugmentedOdeNetwork(
    int addedChannels, int width, double batchNormDecay, OdeBlockSettings block)
    implements ImageNetwork {
  private static final int ADDED_FOR_CIFAR10 = 5;
  private static final int WIDTH_FOR_CIFAR10 = 64;

  /** The network with the sizes that the paper has for CIFAR-10. */
  public static AugmentedOdeNetwork forCifar10(double batchNormDecay, OdeBlockSettings block) {
    return new AugmentedOdeNetwork(ADDED_FOR_CIFAR10, WIDTH_FOR_CIFAR10, batchNormDecay, block);
  }

  @Override
  public ComputationGraphConfiguration configure(
      NeuralNetConfiguration.Builder base, int height, int width, int channels, int classes) {
    return base.weightInit(WeightInit.XAVIER_UNIFORM)
        .graphBuilder()
        .addInputs(INPUT)
        .setInputTypes(InputType.convolutional(height, width, channels, CNN2DFormat.NHWC))
        .addLayer("added", convolution(addedChannels, true), INPUT)
        .addVertex("augmented", new ChannelsLastMerge(), INPUT, "added")
        .addLayer("augmented-norm", batchNorm(), "augmented")
        .addLayer("ode", ode(channels + addedChannels), "augmented-norm")
        .addLayer("map", convolution(1, true), "ode")
        .addLayer("map-gelu", gelu(), "map")
        .addLayer(OUTPUT, Classifier.of(classes, WeightInit.XAVIER_UNIFORM), "map-gelu")
        .setOutputs(OUTPUT)
        .build();
  }

  private OdeBlock ode(int stateChannels) {
    return block
        .builder()
        .dynamics(
            convolution(width, false),
            batchNorm(),
            gelu(),
            convolution(width, false),
            batchNorm(),
            gelu(),
            convolution(stateChannels, true))
        .timeInput(new TimeAsChannelOfEveryLayer())
        .build();
  }

  private ChannelsLastConvolution convolution(int outputs, boolean bias) {
    return new ChannelsLastConvolution.Builder(3, 3)
        .nOut(outputs)
        .hasBias(bias)
        .precision(block.precision())
        .build();
  }

  private ChannelsLastBatchNorm batchNorm() {
    return new ChannelsLastBatchNorm.Builder().decay(batchNormDecay).build();
  }

  private static BufferedActivation gelu() {
    return new BufferedActivation(new ActivationErfGELU());
  }
}
