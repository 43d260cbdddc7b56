/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Nesterovs;

class LinearScheduleTest {
  @Test
  void fallsOnAStraightLineFromTheInitialValueToZero() {
    LinearSchedule schedule = new LinearSchedule(0.8, 4);

    assertThat(schedule.valueAt(0, 0)).isEqualTo(0.8);
    assertThat(schedule.valueAt(1, 0)).isEqualTo(0.6, within(1e-15));
    assertThat(schedule.valueAt(2, 0)).isEqualTo(0.4);
    assertThat(schedule.valueAt(3, 9)).isEqualTo(0.2);
    assertThat(schedule.valueAt(4, 9)).isZero();
    assertThat(schedule.valueAt(5, 9)).isZero();
  }

  @Property
  void isPositiveAtEveryIterationOfTheRun(
      @ForAll @IntRange(min = 1, max = Integer.MAX_VALUE) int iterations,
      @ForAll @IntRange(min = 0, max = 1_000_000) int beforeTheEnd) {
    int iteration = Math.max(0, iterations - 1 - beforeTheEnd);

    assertThat(new LinearSchedule(0.05, iterations).valueAt(iteration, 0))
        .isPositive()
        .isLessThanOrEqualTo(0.05);
  }

  @Test
  void survivesTheJsonOfANetwork() {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .updater(new Nesterovs(new LinearSchedule(0.05, 300), 0.9))
            .list()
            .layer(new OutputLayer.Builder().nIn(2).nOut(3).build())
            .build();

    MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(configuration.toJson());

    assertThat(read).isEqualTo(configuration);
    assertThat(read.toJson()).contains("\"initialValue\" : 0.05", "\"iterations\" : 300");
  }

  @Test
  void needsAnIteration() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LinearSchedule(0.05, 0))
        .withMessage("iterations is 0, expected at least 1");
  }
}
