/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesFileTest {
  @TempDir Path folder;

  @Test
  void linesAppearInTheirOrderWhenPublished() {
    JsonLinesFile metrics =
        JsonLinesFile.metrics(RunDirectory.create(new Configuration(), folder.toString(), ""));
    metrics.add(new Line(1, 0.5));
    metrics.publish();
    metrics.add(new Line(2, 0.25));
    metrics.add(new Line(3, 0.125));

    assertThat(folder.resolve("metrics.jsonl")).hasContent("{\"round\":1,\"train_loss\":0.5}\n");

    metrics.publish();
    assertThat(folder.resolve("metrics.jsonl"))
        .hasContent(
            """
            {"round":1,"train_loss":0.5}
            {"round":2,"train_loss":0.25}
            {"round":3,"train_loss":0.125}
            """);
  }

  private record Line(int round, double trainLoss) {}
}
