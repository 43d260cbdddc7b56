/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChildrenTest {
  @Test
  void haveAsManyThreadsAsTheEnvironmentSays() {
    assertThat(Children.threadsOf(Map.of("OMP_NUM_THREADS", "12"))).isEqualTo(12);
  }

  @Test
  void haveAsManyThreadsAsThereAreProcessorsIfItSaysNothing() {
    assertThat(Children.threadsOf(Map.of())).isEqualTo(Runtime.getRuntime().availableProcessors());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "two", "2,2", ""})
  void refuseWhatIsNoNumberOfThreads(String value) {
    assertThatThrownBy(() -> Children.threadsOf(Map.of("OMP_NUM_THREADS", value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "OMP_NUM_THREADS is \"" + value + "\", expected a number of threads, at least 1.");
  }
}
