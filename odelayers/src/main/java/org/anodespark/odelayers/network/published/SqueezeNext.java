/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.network.published;

import static org.anodespark.odelayers.network.published.Convolution.square;

import java.util.List;
import org.anodespark.odelayers.network.ImageNetwork;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;

/**
 * The network that the code of the ANODE paper calls SqNxt_23_1x, for images of 32x32 pixels: four
 * stages of 32 to 256 channels, each with a transition and a block that keeps its shape. Both are
 * five convolutions (1x1, 1x1, 1x3, 3x1, 1x1) through fewer channels, with bias, batch norm and
 * ReLU. Learned parameters: 461,466 with 10 classes, 473,076 with 100.
 *
 * <p>Reference: A. Gholami, K. Keutzer, G. Biros, "ANODE: Unconditionally Accurate Memory-Efficient
 * Gradients for Neural ODEs", IJCAI 2019, after A. Gholami et al., "SqueezeNext: Hardware-Aware
 * Neural Network Design", CVPR workshops 2018.
 *
 * @param design what the paper varies
 */
public record SqueezeNext(Design design) implements ImageNetwork {
  private static final int STEM_WIDTH = 64;
  private static final int[] WIDTHS = {32, 64, 128, 256};
  private static final int LAST_WIDTH = 128;
  private static final int POOLED = 4;

  @Override
  public ComputationGraphConfiguration configure(
      NeuralNetConfiguration.Builder base, int height, int width, int channels, int classes) {
    Sketch sketch =
        new Sketch(design, true, base, height, width, channels)
            .convolved("stem", square(3, STEM_WIDTH));
    int before = STEM_WIDTH;
    for (int i = 0; i < WIDTHS.length; i++) {
      int stride = i == 0 ? 1 : 2;
      int after = WIDTHS[i];
      // the first transition narrows the image, the others halve its sides
      int squeezed = i == 0 ? before / 4 : before;
      sketch
          .transition(
              "transition" + (i + 1),
              body(squeezed, after, stride),
              square(1, after).withStride(stride),
              true)
          .block("block" + (i + 1), body(after / 2, after, 1));
      before = after;
    }
    return sketch.convolved("head", square(1, LAST_WIDTH)).averaged(POOLED).classified(classes);
  }

  private static List<Convolution> body(int squeezed, int channels, int stride) {
    return List.of(
        square(1, squeezed).withStride(stride),
        square(1, squeezed / 2),
        new Convolution(1, 3, squeezed, 1),
        new Convolution(3, 1, squeezed, 1),
        square(1, channels));
  }
}
