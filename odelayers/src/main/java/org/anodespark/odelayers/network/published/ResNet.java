/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.network.published;

import static org.anodespark.odelayers.network.published.Convolution.square;

import java.util.List;
import org.anodespark.odelayers.network.ImageNetwork;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;

/**
 * The residual networks of the ANODE papers for images of 32x32 pixels. A block is two 3x3
 * convolutions without bias, batch norm behind each; in an ODE block a ReLU follows both norms, so
 * that f is never negative, and nothing follows the block; a residual block ends in ReLU(x + ...).
 *
 * <table>
 *   <caption>Learned parameters with 10 classes</caption>
 *   <tr><td>{@link #four}</td><td>7,706</td></tr>
 *   <tr><td>{@link #ten}</td><td>44,186</td></tr>
 *   <tr><td>{@link #eighteen}</td><td>11,173,962; 11,220,132 with 100 classes</td></tr>
 * </table>
 *
 * <p>References: A. Gholami, K. Keutzer, G. Biros, "ANODE: Unconditionally Accurate
 * Memory-Efficient Gradients for Neural ODEs", IJCAI 2019 (ResNet-18, from the code of the
 * authors); T. Zhang, Z. Yao, A. Gholami, K. Keutzer, J. Gonzalez, G. Biros, M. Mahoney, "ANODEV2:
 * A Coupled Neural ODE Framework", NeurIPS 2019 (ResNet-4 and ResNet-10: their layers are inferred
 * from the published numbers of parameters).
 */
public final class ResNet implements ImageNetwork {
  private static final int POOLED = 8;

  private final Design design;
  private final int stemWidth;
  private final List<Stage> stages;
  private final int window;

  /**
   * A stage: an ordinary residual block, unless there is none, and one of the kind that the design
   * asks for.
   *
   * @param width channels
   * @param stride of the ordinary block; 0 for none
   */
  private record Stage(int width, int stride) {}

  private ResNet(Design design, int stemWidth, List<Stage> stages, int window) {
    this.design = design;
    this.stemWidth = stemWidth;
    this.stages = stages;
    this.window = window;
  }

  /** One block of 16 channels; averages of windows of 8x8. */
  public static ResNet four(Design design) {
    return new ResNet(design, 16, List.of(new Stage(16, 0)), POOLED);
  }

  /** Two stages, of 16 and 32 channels; averages of windows of 8x8. */
  public static ResNet ten(Design design) {
    return new ResNet(design, 16, List.of(new Stage(16, 1), new Stage(32, 2)), POOLED);
  }

  /** Four stages, of 64 to 512 channels; averages of windows of 4x4. */
  public static ResNet eighteen(Design design) {
    return new ResNet(
        design,
        64,
        List.of(new Stage(64, 1), new Stage(128, 2), new Stage(256, 2), new Stage(512, 2)),
        POOLED / 2);
  }

  @Override
  public ComputationGraphConfiguration configure(
      NeuralNetConfiguration.Builder base, int height, int width, int channels, int classes) {
    Sketch sketch =
        new Sketch(design, false, base, height, width, channels)
            .convolved("stem", square(3, stemWidth));
    for (int i = 0; i < stages.size(); i++) {
      Stage stage = stages.get(i);
      List<Convolution> body = List.of(square(3, stage.width), square(3, stage.width));
      if (stage.stride == 1) {
        sketch.residual("residual" + (i + 1), body);
      } else if (stage.stride > 1) {
        sketch.transition(
            "residual" + (i + 1),
            List.of(body.get(0).withStride(stage.stride), body.get(1)),
            square(1, stage.width).withStride(stage.stride),
            false);
      }
      sketch.block("block" + (i + 1), body);
    }
    return sketch.averaged(window).classified(classes);
  }
}
