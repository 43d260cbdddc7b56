/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.anodespark.jobs.testing.TinyData;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.junit.jupiter.api.Test;

class TrainingDataTest {
  @Test
  void theFirstExamplesAreRepeatedWhereThereAreFewer() {
    assertThat(data(3, new TinyData()).first(5).getFeatures())
        .isEqualTo(TinyData.of(List.of(0, 1, 2, 0, 1)).getFeatures());
  }

  @Test
  void examplesThatCannotBeReadAreTheClustersFault() {
    DataSetLoader broken =
        source -> {
          throw new IOException("no such host");
        };
    assertThatThrownBy(() -> data(3, broken).first(1))
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.PREFLIGHT_FAILED))
        .hasMessage(
            "The first training examples cannot be read (no such host): see that the file system of"
                + " data.path is reachable and whole.");
  }

  private static TrainingData data(int trainExamples, DataSetLoader loader) {
    return new TrainingData(
        new DataSetFacts("tiny", false),
        TinyData.FORMAT,
        trainExamples,
        1,
        loader,
        (epoch, minibatch) -> TinyData.describe(minibatch),
        TinyData::describe,
        0,
        TinyData::describe,
        TinyData::images);
  }
}
