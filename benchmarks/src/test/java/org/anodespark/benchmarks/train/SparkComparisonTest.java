/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.anodespark.benchmarks.measurement.InterleavedRounds;
import org.anodespark.benchmarks.problem.TrainProblem;
import org.anodespark.jobs.config.SettingSources;
import org.anodespark.jobs.config.Settings;
import org.anodespark.jobs.config.SettingsLoader;
import org.junit.jupiter.api.Test;

class SparkComparisonTest {
  @Test
  void asksTheJobForTheSameNetworkWithOneExecutorForEachThread() {
    List<String> overrides =
        SparkComparison.overrides(settings(List.of(4, 5, 6), 1), "/some/shards");
    Settings job = SettingsLoader.load(new SettingSources(List.of(), overrides)).settings();
    assertThat(job.data().path()).isEqualTo("/some/shards");
    assertThat(job.model().widths()).containsExactly(4, 5, 6);
    assertThat(job.model().block().steps()).isEqualTo(3);
    assertThat(job.train().batchSize()).isEqualTo(7);
    assertThat(job.averaging().workers()).isEqualTo(2);
    assertThat(job.averaging().frequency()).isEqualTo(16);
    assertThat(job.spark().executors()).isEqualTo(2);
    assertThat(job.spark().coresPerExecutor()).isEqualTo(1);
  }

  @Test
  void needsTheThreeStagesThatTheJobHas() {
    assertThatThrownBy(() -> settings(List.of(4, 5), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("widths = [4, 5], expected 3 of them on Spark");
    assertThat(settings(List.of(4, 5), 0).problem().widths()).hasSize(2);
  }

  private static TrainSettings settings(List<Integer> widths, int sparkRounds) {
    return new TrainSettings(
        new TrainProblem(widths, 3, 7, 1),
        2,
        new InterleavedRounds(0, 1, 0),
        new SparkSettings(sparkRounds, 1, 100, null));
  }
}
