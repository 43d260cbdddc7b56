/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.anodespark.odelayers.RoundTrip;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * What holds for every schedule as a bean; a subclass names one, and others that differ from it.
 */
abstract class ScheduleContractTest {
  private final ISchedule schedule;
  private final ISchedule[] others;

  ScheduleContractTest(ISchedule schedule, ISchedule... others) {
    this.schedule = schedule;
    this.others = others;
  }

  @Test
  void survivesTheJsonOfANetwork() {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .updater(new Nesterovs(schedule, 0.9))
            .list()
            .layer(new OutputLayer.Builder().nIn(2).nOut(3).build())
            .build();

    MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(configuration.toJson());

    assertThat(read).isEqualTo(configuration);
    assertThat(read.toJson()).isEqualTo(configuration.toJson());
  }

  @Test
  void survivesJsonOfItsOwn() throws IOException {
    assertThat(RoundTrip.json(schedule, ISchedule.class)).isEqualTo(schedule);
  }

  @Test
  void survivesJavaSerialisation() throws Exception {
    assertThat(RoundTrip.javaSerialisation(schedule)).isEqualTo(schedule);
  }

  @Test
  void aCloneIsEqualAndAnotherObject() {
    assertThat(schedule.clone())
        .isEqualTo(schedule)
        .hasSameHashCodeAs(schedule)
        .isNotSameAs(schedule);
  }

  @Test
  void differsFromOthers() {
    assertThat(others).isNotEmpty().doesNotContain(schedule);
  }

  @Test
  void saysWhatItIs() {
    assertThat(schedule.toString()).startsWith(schedule.getClass().getSimpleName() + "(");
  }
}
