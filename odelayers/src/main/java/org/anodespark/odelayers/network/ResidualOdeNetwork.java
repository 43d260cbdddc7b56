/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.network;

import java.util.List;
import org.anodespark.odelayers.OdeBlock;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.kernel.Precision;
import org.anodespark.odelayers.layer.ChannelsLastBatchNorm;
import org.anodespark.odelayers.layer.ChannelsLastConvolution;
import org.anodespark.odelayers.layer.ChannelsLastGlobalAverage;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepMethod;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;

/**
 * A small residual network for colour images in which every stage holds ODE blocks.
 *
 * <p>Input {@code [N, H, W, C]}. A stem (3x3 convolution, batch norm, ReLU) leads to the first
 * width; each later stage begins with a transition (3x3 convolution with stride 2, batch norm,
 * ReLU) that halves the image; each stage ends with ODE blocks whose field is convolution, ReLU,
 * convolution, both with bias, the second one zero at first, so that every block begins as the
 * identity. Global average pooling and a softmax classifier follow; output {@code [N, classes]}.
 *
 * <p>There is no batch norm inside the field: one that all time steps share is trained on the
 * statistics of each step but predicts with their average, which costs accuracy.
 *
 * @param widths channels of the stages, first to last, each at least 1
 * @param blocksPerStage ODE blocks in each stage, one after the other, at least 1; each has
 *     parameters of its own
 * @param solver method of every ODE block
 * @param stepControl chooses the steps of every ODE block
 * @param adjoint gradient strategy of every ODE block
 * @param batchNormDecay share of the old running statistics kept at an update, in (0, 1)
 * @param precision in which type images are kept and convolved
 */
public record ResidualOdeNetwork(
    List<Integer> widths,
    int blocksPerStage,
    StepMethod solver,
    StepControl stepControl,
    AdjointStrategy adjoint,
    double batchNormDecay,
    Precision precision) {

  /** The name of the network's input. */
  public static final String INPUT = "image";

  /** The name of the network's output. */
  public static final String OUTPUT = "classifier";

  /**
   * The graph, ready for {@code ComputationGraph.init}.
   *
   * @param base seed, updater, regularisation and whatever else holds for the whole network
   * @param height rows of an image
   * @param width columns of an image
   * @param channels channels of an image
   * @param classes number of classes, at least 2
   */
  public ComputationGraphConfiguration configure(
      NeuralNetConfiguration.Builder base, int height, int width, int channels, int classes) {
    GraphBuilder graph =
        base.weightInit(WeightInit.RELU)
            .graphBuilder()
            .addInputs(INPUT)
            .setInputTypes(InputType.convolutional(height, width, channels, CNN2DFormat.NHWC));
    String last = INPUT;
    for (int stage = 0; stage < widths.size(); stage++) {
      String entry = stage == 0 ? "stem" : "transition" + (stage + 1);
      int stageWidth = widths.get(stage);
      graph.addLayer(entry, convolution(stageWidth, stage == 0 ? 1 : 2), last);
      graph.addLayer(entry + "-norm", batchNorm(), entry);
      last = entry + "-norm";
      for (int number = 0; number < blocksPerStage; number++) {
        String name = "ode" + (stage + 1) + (blocksPerStage == 1 ? "" : "-" + (number + 1));
        graph.addLayer(name, block(stageWidth), last);
        last = name;
      }
    }
    graph.addLayer("pool", new ChannelsLastGlobalAverage(), last);
    graph.addLayer(OUTPUT, Classifier.of(classes, WeightInit.XAVIER), "pool");
    return graph.setOutputs(OUTPUT).build();
  }

  private OdeBlock block(int width) {
    return new OdeBlockSettings(solver, stepControl, adjoint, List.of(), precision)
        .builder()
        .dynamics(
            new ChannelsLastConvolution.Builder(3, 3)
                .nOut(width)
                .activation(Activation.RELU)
                .build(),
            new ChannelsLastConvolution.Builder(3, 3)
                .nOut(width)
                .weightInit(WeightInit.ZERO)
                .build())
        .build();
  }

  private ChannelsLastConvolution convolution(int width, int stride) {
    return new ChannelsLastConvolution.Builder(3, 3)
        .nOut(width)
        .stride(stride, stride)
        .hasBias(false)
        .precision(precision)
        .build();
  }

  private ChannelsLastBatchNorm batchNorm() {
    return new ChannelsLastBatchNorm.Builder()
        .decay(batchNormDecay)
        .activation(Activation.RELU)
        .build();
  }
}
