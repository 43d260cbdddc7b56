/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.regularization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.anodespark.odelayers.failure.OdeSolveException;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class SteerTest {
  @Test
  void drawsUniformlyAroundTheEnd() {
    double[] drawn = draw(4000);
    assertThat(Arrays.stream(drawn).min().orElseThrow()).isBetween(0.75, 0.76);
    assertThat(Arrays.stream(drawn).max().orElseThrow()).isBetween(1.24, 1.25);
    // the mean of uniform numbers, within five of its standard deviations
    assertThat(Arrays.stream(drawn).average().orElseThrow())
        .isBetween(1 - 5 * 0.5 / Math.sqrt(12.0 * 4000), 1 + 5 * 0.5 / Math.sqrt(12.0 * 4000));
  }

  @Test
  void followsFromTheSeed() {
    assertThat(draw(5)).containsExactly(draw(5));
  }

  private static double[] draw(int times) {
    Nd4j.getRandom().setSeed(3);
    double[] drawn = new double[times];
    Arrays.setAll(drawn, i -> new Steer(0.25).draw(1));
    return drawn;
  }

  @Test
  void refusesAWidthThatIsNotPositive() {
    assertThatThrownBy(() -> new Steer(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("halfWidth = 0.0, expected a number > 0.");
  }

  @Test
  void refusesAnIntervalThatCouldTurnRound() {
    assertThatThrownBy(() -> new Steer(1).checkInterval(1, 0))
        .isInstanceOf(OdeSolveException.class)
        .hasMessageContaining("use a b below 1.0");
  }
}
