/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.testing;

import org.anodespark.jobs.model.ExampleFormat;
import org.anodespark.odelayers.OdeBlock;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.evolution.ReactionDiffusionAdvection;
import org.anodespark.odelayers.layer.ChannelsLastBatchNorm;
import org.anodespark.odelayers.layer.ChannelsLastBatchNormPerStep;
import org.anodespark.odelayers.layer.ChannelsLastConvolution;
import org.anodespark.odelayers.layer.ChannelsLastGlobalAverage;
import org.anodespark.odelayers.layer.EvolutionTiming;
import org.anodespark.odelayers.solver.rungekutta.ExplicitMidpoint;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInitConstant;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks for {@link TinyData} that train in no time. */
public final class TinyNetworks {
  private TinyNetworks() {}

  /** Two dense layers. */
  public static ComputationGraph dense(IUpdater updater) {
    return dense(updater, DataType.FLOAT);
  }

  public static ComputationGraph dense(IUpdater updater, DataType type) {
    return initialised(
        builder(updater, type)
            .addLayer("hidden", hidden(), "input")
            .addLayer("output", output(), "hidden"));
  }

  /** With batch normalisation, whose running statistics are parameters too. */
  public static ComputationGraph batchNormalised(IUpdater updater) {
    return initialised(
        builder(updater, DataType.FLOAT)
            .addLayer("hidden", hidden(), "input")
            .addLayer("norm", new BatchNormalization(), "hidden")
            .addLayer("output", output(), "norm"));
  }

  /** With an ODE block of dense layers. */
  public static ComputationGraph ode(IUpdater updater, DataType type) {
    return ode(
        builder(updater, type),
        hidden(),
        new DenseLayer.Builder().nOut(8).activation(Activation.IDENTITY).build());
  }

  /** With an ODE block whose state overflows in its second step. */
  public static ComputationGraph diverging(IUpdater updater) {
    return ode(
        builder(updater, DataType.FLOAT),
        new DenseLayer.Builder()
            .nOut(8)
            .weightInit(new WeightInitConstant(1e30))
            .activation(Activation.IDENTITY)
            .build());
  }

  /** With an ODE block that holds batch normalisation. */
  public static ComputationGraph odeWithBatchNorm(IUpdater updater) {
    return ode(
        builder(updater, DataType.FLOAT), hidden(), new ChannelsLastBatchNorm.Builder().build());
  }

  /** With an ODE block that holds a batch normalisation for each of its steps. */
  public static ComputationGraph odeWithBatchNormPerStep(IUpdater updater) {
    return ode(
        builder(updater, DataType.FLOAT),
        hidden(),
        new ChannelsLastBatchNormPerStep.Builder(2).build());
  }

  /** For images of {@link TinyImages}, with weights that evolve before the state does. */
  public static ComputationGraph evolving() {
    ExampleFormat format = TinyImages.FORMAT;
    OdeBlock block =
        new OdeBlock.Builder()
            .dynamics(new ChannelsLastConvolution.Builder(3, 3).nOut(2).build())
            .evolution(new ReactionDiffusionAdvection(), EvolutionTiming.BEFORE)
            .solver(new ExplicitMidpoint())
            .steps(2)
            .build();
    return classifying(format, convolved(format).addLayer("ode", block, "stem"), "ode");
  }

  /** For images of {@link TinyImages}. */
  public static ComputationGraph images() {
    return images(TinyImages.FORMAT);
  }

  /** A convolution, the average over the image, classes. */
  public static ComputationGraph images(ExampleFormat format) {
    return classifying(format, convolved(format), "stem");
  }

  private static ComputationGraphConfiguration.GraphBuilder convolved(ExampleFormat format) {
    return new NeuralNetConfiguration.Builder()
        .seed(42)
        .updater(new Nesterovs(0.1))
        .graphBuilder()
        .addInputs("image")
        .setInputTypes(
            InputType.convolutional(
                format.height(), format.width(), format.channels(), CNN2DFormat.NHWC))
        .addLayer("stem", new ChannelsLastConvolution.Builder(3, 3).nOut(2).build(), "image");
  }

  private static ComputationGraph classifying(
      ExampleFormat format, ComputationGraphConfiguration.GraphBuilder builder, String last) {
    return initialised(
        builder
            .addLayer("pool", new ChannelsLastGlobalAverage(), last)
            .addLayer(
                "output",
                new OutputLayer.Builder(LossFunction.MCXENT)
                    .nOut(format.classes().size())
                    .activation(Activation.SOFTMAX)
                    .build(),
                "pool")
            .setOutputs("output"));
  }

  private static ComputationGraph ode(
      ComputationGraphConfiguration.GraphBuilder builder, Layer... dynamics) {
    return initialised(
        builder
            .addLayer("hidden", hidden(), "input")
            .addLayer(
                "ode",
                new OdeBlock.Builder()
                    .dynamics(dynamics)
                    .solver(new ExplicitMidpoint())
                    .steps(2)
                    .adjoint(new AnodeCheckpoint())
                    .build(),
                "hidden")
            .addLayer("output", output(), "ode"));
  }

  /** With dropout, which draws random numbers. */
  public static ComputationGraph withDropout(IUpdater updater) {
    return initialised(
        builder(updater, DataType.FLOAT)
            .addLayer("hidden", hidden(), "input")
            .addLayer("dropout", new DropoutLayer(0.5), "hidden")
            .addLayer("output", output(), "dropout"));
  }

  private static ComputationGraphConfiguration.GraphBuilder builder(
      IUpdater updater, DataType type) {
    return new NeuralNetConfiguration.Builder()
        .seed(42)
        .dataType(type)
        .updater(updater)
        .graphBuilder()
        .addInputs("input")
        .setInputTypes(InputType.feedForward(TinyData.INPUTS))
        .setOutputs("output");
  }

  private static DenseLayer hidden() {
    return new DenseLayer.Builder().nOut(8).activation(Activation.TANH).build();
  }

  private static OutputLayer output() {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(TinyData.CLASSES)
        .activation(Activation.SOFTMAX)
        .build();
  }

  private static ComputationGraph initialised(ComputationGraphConfiguration.GraphBuilder builder) {
    ComputationGraph network = new ComputationGraph(builder.build());
    network.init();
    return network;
  }
}
