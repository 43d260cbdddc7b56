/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.reversal;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.anodespark.examples.field.LossGradient;
import org.anodespark.examples.field.OneLayerField;
import org.anodespark.examples.report.MarkdownTable;
import org.anodespark.examples.report.Numbers;
import org.anodespark.examples.report.PicturePanels;
import org.anodespark.examples.report.PicturePanels.Picture;
import org.anodespark.examples.report.ReportFolder;
import org.anodespark.odelayers.adjoint.AdjointStrategy;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.adjoint.ReverseTime;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.solver.rungekutta.ClassicRungeKutta;
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.anodespark.odelayers.solver.rungekutta.ExplicitMidpoint;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link RingImage} with several blocks, and the gradients of their kernels. */
final class RingReport {
  /** The rows of the picture; the last one shows that enough accuracy helps, at its price. */
  private static final List<Block> BLOCKS =
      List.of(
          new Block(1, Activation.RELU, new Euler(), 2),
          new Block(1, Activation.SOFTPLUS, new Euler(), 2),
          new Block(1, Activation.IDENTITY, new ExplicitMidpoint(), 2),
          new Block(3, Activation.RELU, new Euler(), 10),
          new Block(3, Activation.RELU, new ClassicRungeKutta(), 10));

  private static final double DIFFERENCE_WIDTH = 1e-6;

  private RingReport() {}

  /** Writes the picture and returns the text. */
  static String write(ReportFolder folder) throws IOException {
    PicturePanels panels = new PicturePanels("z(0)", "z(1)", "z(0) rebuilt from z(1)");
    MarkdownTable table =
        new MarkdownTable(
            List.of("block", "method", "N", "rho", "error, AnodeCheckpoint", "error, ReverseTime"));
    for (Block block : BLOCKS) {
      Reversal reversal =
          Reversal.of(
              block.field(), block.method(), new FixedSteps(block.steps()), RingImage.image());
      INDArray differences = block.gradientByDifferences();
      String error = Numbers.significant(reversal.error());
      String exact = Numbers.significant(block.gradientError(new AnodeCheckpoint(), differences));
      String reversed = Numbers.significant(block.gradientError(new ReverseTime(), differences));
      table.row(List.of(block, block.method(), block.steps(), error, exact, reversed));
      panels.row(
          List.of(
              block.toString(),
              block.method() + ", N = " + block.steps(),
              "rho = " + error,
              "gradient error, AnodeCheckpoint: " + exact,
              "gradient error, ReverseTime: " + reversed),
          new Picture(reversal.start(), 0, 1),
          Picture.ofOwnRange(reversal.end()),
          new Picture(reversal.rebuilt(), 0, 1));
    }
    folder.picture("ring-image.png", panels.draw());
    return """
        ## A convolution on an image

        rho, and the relative error of the gradient of 1/2 |z(1)|^2 with respect to the kernel, with
        central differences as the truth:

        %s
        In ring-image.png z(0) and the rebuilt z(0) are drawn from 0 (black) to 1 (white), z(1) from
        its least to its greatest value. Blue is below the range, red above it.
        """
        .formatted(table);
  }

  private record Block(double strength, Activation activation, StepMethod method, int steps) {
    OneLayerField field() {
      return RingImage.field(strength, activation.getActivationFunction());
    }

    INDArray gradientByDifferences() {
      return LossGradient.byDifferences(
          field(), method, new FixedSteps(steps), RingImage.image(), DIFFERENCE_WIDTH);
    }

    double gradientError(AdjointStrategy strategy, INDArray truth) {
      LossGradient gradient =
          LossGradient.of(field(), method, new FixedSteps(steps), strategy, RingImage.image());
      return LossGradient.relativeDistance(gradient.parameters(), truth);
    }

    @Override
    public String toString() {
      String factor = strength == 1 ? "" : Numbers.fixed(strength, 0) + " x ";
      String function =
          switch (activation) {
            case IDENTITY -> "no activation";
            case RELU -> "ReLU";
            default -> activation.name().toLowerCase(Locale.ROOT);
          };
      return factor + "convolution, " + function;
    }
  }
}
