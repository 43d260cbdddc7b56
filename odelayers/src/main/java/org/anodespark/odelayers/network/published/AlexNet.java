/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.network.published;

import static org.anodespark.odelayers.network.published.Convolution.square;

import java.util.List;
import org.anodespark.odelayers.layer.BufferedDense;
import org.anodespark.odelayers.layer.ChannelsLastPooling;
import org.anodespark.odelayers.network.ImageNetwork;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer.PoolingType;
import org.nd4j.linalg.activations.Activation;

/**
 * The AlexNet of the ANODEV2 paper for images of 32x32 pixels: a 5x5 convolution to 64 channels,
 * pooling, a block of one 5x5 convolution, pooling, and dense layers of 384 and 192 units. Both
 * convolutions have bias, batch norm and ReLU. Learned parameters with 10 classes: 1,756,682. The
 * layers are inferred from that published number; maxima are pooled in windows of 2x2.
 *
 * <p>Reference: T. Zhang et al., "ANODEV2: A Coupled Neural ODE Framework", NeurIPS 2019.
 *
 * @param design what the paper varies
 */
public record AlexNet(Design design) implements ImageNetwork {
  private static final int WIDTH = 64;
  private static final int WINDOW = 5;
  private static final int[] UNITS = {384, 192};

  @Override
  public ComputationGraphConfiguration configure(
      NeuralNetConfiguration.Builder base, int height, int width, int channels, int classes) {
    Sketch sketch =
        new Sketch(design, true, base, height, width, channels)
            .convolved("stem", square(WINDOW, WIDTH))
            .then("pool1", halving())
            .block("block1", List.of(square(WINDOW, WIDTH)))
            .then("pool2", halving());
    for (int i = 0; i < UNITS.length; i++) {
      sketch.then(
          "dense" + (i + 1),
          new BufferedDense.Builder().nOut(UNITS[i]).activation(Activation.RELU).build());
    }
    return sketch.classified(classes);
  }

  private static Layer halving() {
    return new ChannelsLastPooling.Builder(PoolingType.MAX, 2, 2).stride(2, 2).build();
  }
}
