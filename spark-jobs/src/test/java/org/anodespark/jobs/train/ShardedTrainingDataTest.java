/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.anodespark.jobs.config.DataSettings;
import org.anodespark.jobs.config.Settings;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.plan.Minibatch;
import org.anodespark.jobs.plan.Seeds;
import org.anodespark.jobs.testing.TestSettings;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

class ShardedTrainingDataTest {
  @TempDir Path folder;

  @Test
  void theBuiltInImagesAreDrawnOnFirstUseAndFoundLater() {
    TrainingData drawn = open("builtin-7-300-60");
    TrainingData found = open("builtin-7-300-60");

    for (TrainingData data : List.of(drawn, found)) {
      assertThat(data.facts().builtin()).isTrue();
      assertThat(data.images()).isEqualTo(new ImageFacts(32, 32, 3, 10));
      assertThat(data.trainExamples()).isEqualTo(300);
      assertThat(data.testExamples()).isEqualTo(60);
    }
  }

  @Test
  void anotherFolderWithoutShardsIsRefusedAndNotFilled() {
    assertThatThrownBy(() -> open("cifar10"))
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessageContaining(folder.resolve("cifar10").toString());

    assertThat(folder.resolve("cifar10")).doesNotExist();
  }

  @Test
  void aMinibatchIsNamedWithTheSeedOfItsAugmentation() {
    TrainingData data = open("builtin-7-300-60");
    Minibatch minibatch = new Minibatch(4, List.of(17, 250));

    assertThat(data.trainEncoder().encode(3, minibatch))
        .isEqualTo("train/" + Seeds.ofAugmentation(7, 3, 4) + "/17,250");
    assertThat(data.testEncoder().apply(minibatch)).isEqualTo("test/0/17,250");
  }

  @Test
  void onlyTheFirstExamplesAreUsedWhereThereIsALimit() {
    TrainingData data = open("builtin-7-300-60", DataSettings.STANDARDIZED, 120, 25);

    assertThat(data.trainExamples()).isEqualTo(120);
    assertThat(data.testExamples()).isEqualTo(25);
    assertThat(data.testDescriptors(20)).hasSize(2);
    assertThat(open("builtin-7-300-60", DataSettings.STANDARDIZED, 301, 61).trainExamples())
        .isEqualTo(300);
  }

  @Test
  void pixelsCanKeepTheirUnitInterval() {
    TrainingData data = open("builtin-7-300-60", DataSettings.UNIT_INTERVAL, 0, 0);

    INDArray images = data.first(50).getFeatures();

    assertThat(images.minNumber().doubleValue()).isBetween(0.0, 0.2);
    assertThat(images.maxNumber().doubleValue()).isBetween(0.8, 1.0);
    // what a model's file says, for predictions
    assertThat(data.examples().mean()).containsOnly(0.0);
    assertThat(data.examples().standardDeviation()).containsOnly(1.0);
  }

  private TrainingData open(String path, String scaling, int trainLimit, int testLimit) {
    Settings settings =
        TestSettings.in(folder.resolve("run").toString(), folder.resolve(path).toString(), 1);
    return ShardedTrainingData.open(
        TestSettings.withImages(settings, scaling, trainLimit, testLimit),
        new Configuration(),
        line -> {});
  }

  private TrainingData open(String path) {
    return ShardedTrainingData.open(
        TestSettings.in(folder.resolve("run").toString(), folder.resolve(path).toString(), 1),
        new Configuration(),
        line -> {});
  }
}
