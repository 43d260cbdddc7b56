/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.contender;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.anodespark.benchmarks.problem.JobProblem;
import org.anodespark.jobs.config.SettingSources;
import org.anodespark.jobs.config.Settings;
import org.anodespark.jobs.config.SettingsLoader;
import org.anodespark.jobs.data.Preparation;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainTrainingTest {
  @TempDir private Path folder;

  @Test
  void trainsAllImagesOfAllEpochs() {
    List<String> overrides =
        List.of(
            "data.path=" + folder.resolve("data"),
            "data.builtin.train=20",
            "data.builtin.test=4",
            "model.widths=[2, 2, 2]",
            "train.batch-size=8",
            "train.epochs=3");
    Settings settings = SettingsLoader.load(new SettingSources(List.of(), overrides)).settings();
    new Preparation(new Configuration(), line -> {}).prepare(settings.data(), settings.seed());
    PlainTraining training = new PlainTraining();
    String variant = training.prepare(new JobProblem(overrides)).variants().get(0).name();
    assertThat(training.facts(variant)).containsEntry(PlainTraining.EXAMPLES, 60.0);
    assertThat(training.run(variant)).isPositive();
  }
}
