/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReconstructionWarningTest {
  private final RecordingLogger log = new RecordingLogger();
  private final ReconstructionWarning warning =
      new ReconstructionWarning(log, "Going back", "Stay at home.");

  @Test
  void saysWhatHappenedAndWhatToDo() {
    warning.report(0.5);
    assertThat(log.warnings())
        .containsExactly(
            "Going back rebuilt the initial state with a relative error of 0.5 (occurrence 1 above"
                + " 0.01): the gradients are not those of this network. Stay at home.");
  }

  @Test
  void isSilentUpToItsThreshold() {
    warning.report(ReconstructionWarning.THRESHOLD);
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void countsAStateThatIsNotANumberAsFar() {
    warning.report(Double.NaN);
    assertThat(log.warnings()).hasSize(1);
  }

  @Test
  void comesAtTheFirstTenthAndHundredthTime() {
    for (int i = 0; i < 999; i++) {
      warning.report(0.5);
    }
    assertThat(log.warnings())
        .hasSize(3)
        .satisfiesExactly(
            first -> assertThat(first).contains("occurrence 1 above"),
            second -> assertThat(second).contains("occurrence 10 above"),
            third -> assertThat(third).contains("occurrence 100 above"));
  }
}
