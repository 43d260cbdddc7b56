/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.network;

import java.util.List;
import org.anodespark.odelayers.OdeBlock;
import org.anodespark.odelayers.layer.ChannelsLastConvolution;
import org.anodespark.odelayers.layer.ChannelsLastGlobalAverage;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;

/**
 * A small residual network for colour images in which every stage holds ODE blocks.
 *
 * <p>Input {@code [N, H, W, C]}. A stem (3x3 convolution, batch norm, ReLU) leads to the first
 * width; each later stage begins with a transition (3x3 convolution with stride 2, batch norm,
 * ReLU) that halves the image; each stage ends with ODE blocks whose field is convolution, ReLU,
 * convolution, with a bias or batch norm behind both convolutions, and zero at first, so that every
 * block begins as the identity. Global average pooling and a softmax classifier follow; output
 * {@code [N, classes]}.
 *
 * @param widths channels of the stages, first to last, each at least 1
 * @param blocksPerStage ODE blocks in each stage, one after the other, at least 1; each has
 *     parameters of its own
 * @param normalization behind the convolutions
 * @param block how every ODE block is solved; its precision is that in which images are kept and
 *     convolved everywhere
 */
public record ResidualOdeNetwork(
    List<Integer> widths, int blocksPerStage, Normalization normalization, OdeBlockSettings block)
    implements ImageNetwork {

  @Override
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
      graph.addLayer(entry + "-norm", normalization.outside(Activation.RELU), entry);
      last = entry + "-norm";
      for (int number = 0; number < blocksPerStage; number++) {
        String name = "ode" + (stage + 1) + (blocksPerStage == 1 ? "" : "-" + (number + 1));
        graph.addLayer(name, ode(stageWidth), last);
        last = name;
      }
    }
    graph.addLayer("pool", new ChannelsLastGlobalAverage(), last);
    graph.addLayer(OUTPUT, Classifier.of(classes, WeightInit.XAVIER), "pool");
    return graph.setOutputs(OUTPUT).build();
  }

  private OdeBlock ode(int width) {
    return block
        .builder()
        .dynamics(normalization.biasInFields() ? plain(width) : normalized(width))
        .build();
  }

  private static Layer[] plain(int width) {
    return new Layer[] {
      new ChannelsLastConvolution.Builder(3, 3).nOut(width).activation(Activation.RELU).build(),
      new ChannelsLastConvolution.Builder(3, 3).nOut(width).weightInit(WeightInit.ZERO).build()
    };
  }

  private Layer[] normalized(int width) {
    return new Layer[] {
      convolution(width, 1),
      normalization.inField(width, Activation.RELU, 1, block),
      convolution(width, 1),
      // a field of zero at first, as without: what is normalised must not be zero itself
      normalization.inField(width, Activation.IDENTITY, 0, block)
    };
  }

  private ChannelsLastConvolution convolution(int width, int stride) {
    return new ChannelsLastConvolution.Builder(3, 3)
        .nOut(width)
        .stride(stride, stride)
        .hasBias(false)
        .precision(block.precision())
        .build();
  }
}
