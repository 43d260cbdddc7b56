/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.examples.reversal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.Map;
import org.anodespark.examples.field.LossGradient;
import org.anodespark.examples.field.OneLayerField;
import org.anodespark.odelayers.adjoint.AnodeCheckpoint;
import org.anodespark.odelayers.adjoint.ReverseTime;
import org.anodespark.odelayers.solver.StepControl;
import org.anodespark.odelayers.solver.StepMethod;
import org.anodespark.odelayers.solver.control.FixedSteps;
import org.anodespark.odelayers.solver.rungekutta.ClassicRungeKutta;
import org.anodespark.odelayers.solver.rungekutta.Euler;
import org.anodespark.odelayers.solver.rungekutta.ExplicitMidpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

class RingImageTest {
  private static final Map<String, StepMethod> METHODS =
      Map.of(
          "Euler", new Euler(),
          "midpoint", new ExplicitMidpoint(),
          "RK4", new ClassicRungeKutta());

  @Test
  void isTheImageOfTheReferenceNumbers() {
    INDArray image = RingImage.image();
    assertThat(image.norm2Number().doubleValue()).isCloseTo(8.1418451080, within(1e-9));
    assertThat(image.sumNumber().doubleValue()).isCloseTo(100.4875035173, within(1e-9));
  }

  /** Reference numbers made once in an independent program. */
  @ParameterizedTest(name = "strength {0}, {1}, {2}, N = {3}")
  @CsvSource({
    "1, IDENTITY, Euler, 2, 2.9933",
    "1, IDENTITY, Euler, 10, 0.44348",
    "1, IDENTITY, Euler, 100, 2.9048e-2",
    "1, IDENTITY, midpoint, 2, 3.4594",
    "1, IDENTITY, midpoint, 10, 7.4593e-3",
    "1, IDENTITY, RK4, 2, 7.5350e-2",
    "1, IDENTITY, RK4, 5, 2.0483e-3",
    "1, IDENTITY, RK4, 10, 7.0217e-5",
    "1, IDENTITY, RK4, 100, 7.2068e-10",
    "1, RELU, Euler, 2, 0.97293",
    "1, RELU, Euler, 10, 0.18962",
    "1, RELU, Euler, 100, 1.3293e-2",
    "1, RELU, midpoint, 2, 0.65268",
    "1, RELU, midpoint, 10, 3.5971e-3",
    "1, RELU, RK4, 2, 3.7203e-2",
    "1, RELU, RK4, 5, 9.6070e-4",
    "1, RELU, RK4, 10, 3.5718e-5",
    "1, RELU, RK4, 100, 6.6e-9",
    "1, SOFTPLUS, Euler, 2, 0.49604",
    "1, SOFTPLUS, Euler, 10, 8.5925e-2",
    "1, SOFTPLUS, Euler, 100, 7.8258e-3",
    "1, SOFTPLUS, midpoint, 2, 0.10871",
    "1, SOFTPLUS, midpoint, 10, 6.5401e-4",
    "1, SOFTPLUS, RK4, 2, 5.2900e-3",
    "1, SOFTPLUS, RK4, 5, 7.3054e-5",
    "1, SOFTPLUS, RK4, 10, 2.3653e-6",
    "1, SOFTPLUS, RK4, 100, 2.4e-11",
    "3, IDENTITY, Euler, 2, 156.02",
    "3, IDENTITY, Euler, 10, 3564.2",
    "3, IDENTITY, Euler, 100, 0.41013",
    "3, IDENTITY, midpoint, 2, 1.8302e4",
    "3, IDENTITY, midpoint, 10, 105.2",
    "3, IDENTITY, RK4, 2, 6.83e6",
    "3, IDENTITY, RK4, 5, 22.525",
    "3, IDENTITY, RK4, 10, 3.2472e-2",
    "3, IDENTITY, RK4, 100, 5.24e-7",
    "3, RELU, Euler, 2, 29.912",
    "3, RELU, Euler, 10, 32.442",
    "3, RELU, Euler, 100, 0.19999",
    "3, RELU, midpoint, 2, 387.16",
    "3, RELU, midpoint, 10, 1.1065",
    "3, RELU, RK4, 2, 746.62",
    "3, RELU, RK4, 5, 0.11094",
    "3, RELU, RK4, 10, 1.2874e-2",
    "3, RELU, RK4, 100, 6.3e-7",
  })
  void isRebuiltWithTheErrorOfTheReferenceNumbers(
      double strength, Activation activation, String method, int steps, BigDecimal error) {
    Reversal reversal =
        Reversal.of(
            RingImage.field(strength, activation.getActivationFunction()),
            METHODS.get(method),
            new FixedSteps(steps),
            RingImage.image());
    double lastDigit = error.ulp().doubleValue();
    assertThat(reversal.error()).isCloseTo(error.doubleValue(), within(lastDigit));
  }

  @ParameterizedTest
  @CsvSource({"1, RELU", "1, SOFTPLUS", "3, RELU"})
  void givesTheDiscreteAdjointTheGradientOfDifferences(double strength, Activation activation) {
    OneLayerField field = RingImage.field(strength, activation.getActivationFunction());
    StepControl control = new FixedSteps(2);
    INDArray image = RingImage.image();
    INDArray differences = LossGradient.byDifferences(field, new Euler(), control, image, 1e-6);
    LossGradient discrete =
        LossGradient.of(field, new Euler(), control, new AnodeCheckpoint(), image);
    LossGradient continuous =
        LossGradient.of(field, new Euler(), control, new ReverseTime(), image);
    assertThat(LossGradient.relativeDistance(discrete.parameters(), differences)).isLessThan(1e-7);
    assertThat(LossGradient.relativeDistance(continuous.parameters(), differences))
        .isGreaterThan(0.1);
  }
}
