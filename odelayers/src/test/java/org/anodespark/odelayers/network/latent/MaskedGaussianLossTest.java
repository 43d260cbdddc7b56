/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.network.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.anodespark.odelayers.RoundTrip;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

class MaskedGaussianLossTest {
  private static final double DEVIATION = 0.1;

  /** Two examples at three times. */
  private static final MaskedGaussianLoss LOSS = new MaskedGaussianLoss(DEVIATION, 3);

  private static final IActivation IDENTITY = new ActivationIdentity();

  private final INDArray output =
      Nd4j.createFromArray(new double[][] {{1, 2}, {3, 4}, {5, 6}, {7, 8}, {9, 10}, {11, 12}});
  private final INDArray labels = output.add(0.3);
  private final INDArray mask =
      Nd4j.createFromArray(new double[][] {{1, 0}, {0, 0}, {1, 1}, {0, 1}, {0, 0}, {0, 0}});

  @Test
  void isTheMeanOverObservedValuesTimesTheExamples() {
    double ofOne =
        0.3 * 0.3 / (2 * DEVIATION * DEVIATION) + Math.log(DEVIATION) + Math.log(2 * Math.PI) / 2;
    assertThat(LOSS.computeScore(labels, output, IDENTITY, mask, false))
        .isCloseTo(2 * ofOne, within(1e-12));
    assertThat(LOSS.computeScore(labels, output, IDENTITY, mask, true))
        .isCloseTo(2 * ofOne / 6, within(1e-12));
    assertThat(LOSS.computeScoreArray(labels, output, IDENTITY, mask).toDoubleVector())
        .containsExactly(new double[] {ofOne / 2, 0, ofOne, ofOne / 2, 0, 0}, within(1e-12));
  }

  @Test
  void doesNotLookAtValuesThatWereNotObserved() {
    INDArray others = labels.add(mask.rsub(1).mul(1000));
    assertThat(others).isNotEqualTo(labels);
    assertThat(LOSS.computeScore(others, output, IDENTITY, mask, false))
        .isEqualTo(LOSS.computeScore(labels, output, IDENTITY, mask, false));
    assertThat(LOSS.computeGradient(others, output, IDENTITY, mask))
        .isEqualTo(LOSS.computeGradient(labels, output, IDENTITY, mask));
    assertThat(LOSS.computeGradient(others, output, IDENTITY, mask).mul(mask.rsub(1)))
        .isEqualTo(output.mul(0));
  }

  @Test
  void hasTheGradientOfCentralDifferences() {
    IActivation tanh = new ActivationTanH();
    INDArray preOutput = output.div(10);
    // DL4J's tanh overwrites what it differentiates
    INDArray gradient = LOSS.computeGradient(labels, preOutput.dup(), tanh, mask);
    double epsilon = 1e-6;
    for (long i = 0; i < preOutput.length(); i++) {
      INDArray moved = preOutput.dup();
      moved.putScalar(i, preOutput.getDouble(i) + epsilon);
      double above = LOSS.computeScore(labels, moved, tanh, mask, false);
      moved.putScalar(i, preOutput.getDouble(i) - epsilon);
      double below = LOSS.computeScore(labels, moved, tanh, mask, false);
      assertThat(gradient.getDouble(i)).isCloseTo((above - below) / (2 * epsilon), within(1e-5));
    }
    assertThat(LOSS.computeGradientAndScore(labels, preOutput.dup(), tanh, mask, false).getSecond())
        .isEqualTo(gradient);
  }

  @Test
  void leavesItsArgumentsAsTheyAre() {
    INDArray labelsBefore = labels.dup();
    INDArray outputBefore = output.dup();
    LOSS.computeGradientAndScore(labels, output, IDENTITY, mask, false);
    assertThat(labels).isEqualTo(labelsBefore);
    assertThat(output).isEqualTo(outputBefore);
  }

  @Test
  void refusesAMaskThatDoesNotTellValuesApart() {
    assertThatThrownBy(() -> LOSS.computeScore(labels, output, IDENTITY, null, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("give one of shape [N, C, T]");
    assertThatThrownBy(() -> LOSS.computeGradient(labels, output, IDENTITY, Nd4j.ones(6, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("give one of shape [N, C, T]");
  }

  @Test
  void refusesAMinibatchWithoutObservations() {
    assertThatThrownBy(() -> LOSS.computeScore(labels, output, IDENTITY, mask.mul(0), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("without any observed value");
  }

  @Test
  void refusesSettingsOutOfTheirRanges() {
    assertThatThrownBy(() -> new MaskedGaussianLoss(0, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("deviation is 0.0, expected a positive number");
    assertThatThrownBy(() -> new MaskedGaussianLoss(1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("times is 0, expected at least 1");
  }

  @Test
  void survivesJsonAndJavaSerialisation() throws Exception {
    assertThat(RoundTrip.json(LOSS, ILossFunction.class))
        .isEqualTo(LOSS)
        .hasSameHashCodeAs(LOSS)
        .isNotEqualTo(new MaskedGaussianLoss(DEVIATION, 4))
        .isNotEqualTo(new MaskedGaussianLoss(0.2, 3));
    assertThat(RoundTrip.javaSerialisation(LOSS)).isEqualTo(LOSS);
  }
}
