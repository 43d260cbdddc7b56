/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.anodespark.jobs.failure.ExitCode;
import org.anodespark.jobs.failure.JobFailure;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedRunTest {
  private static final double NONE = Double.NaN;

  @TempDir Path folder;

  @Test
  void aLineOfARoundLiesWithinItsEpoch() throws IOException {
    write("resolved.conf", "");
    write(
        "metrics.jsonl",
        """
        {"type":"round","epoch":3,"round":1,"rounds":4,"minibatches":4,"learning_rate":0.1,\
        "train_loss":0.5,"images_per_second":10,"peak_memory_bytes":1000,\
        "ode":{"a":{"forward_evaluations":8,"recomputed_evaluations":4},\
        "b":{"forward_evaluations":2,"recomputed_evaluations":2}}}
        {"type":"epoch","epoch":3,"train_loss":0.25,"test_accuracy":0.75,"images_per_second":20}
        """);

    assertThat(read().metrics())
        .containsExactly(
            new MetricsPoint(true, 2.25, 0.5, NONE, 0.1, 4, 10, 1000),
            new MetricsPoint(false, 3, 0.25, 0.75, NONE, NONE, 20, NONE));
  }

  @Test
  void settingsHaveTheirKeysAsTheyWereTyped() throws IOException {
    write("resolved.conf", "train { epochs = 2 }\nspark.conf { \"spark.a.b\" = 1 }");

    assertThat(read().settings())
        .isEqualTo(Map.of("train.epochs", "2", "spark.conf.spark.a.b", "1"));
  }

  @Test
  void whatIsNotThereYetIsMissing() throws IOException {
    write("resolved.conf", "");

    RecordedRun run = read();

    assertThat(run.summary().isMissingNode()).isTrue();
    assertThat(run.evaluation().isMissingNode()).isTrue();
    assertThat(run.metrics()).isEmpty();
  }

  @Test
  void damagedSettingsAreRefused() throws IOException {
    write("resolved.conf", "train {");

    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessageStartingWith("The file file:%s/resolved.conf is damaged (", folder)
        .hasMessageEndingWith("): leave this run out.");
  }

  @Test
  void anAddressOfNoFileSystemIsRefused() {
    assertThatThrownBy(() -> RecordedRun.read(new Configuration(), "nowhere://a/b"))
        .isInstanceOfSatisfying(
            JobFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_CONFIGURATION))
        .hasMessageStartingWith("The run directory nowhere://a/b cannot be read (");
  }

  private RecordedRun read() {
    return RecordedRun.read(new Configuration(), folder.toString());
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
