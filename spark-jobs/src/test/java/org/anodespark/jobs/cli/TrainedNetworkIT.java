/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anodespark.jobs.cli.SubmitScript.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be done with a network after its training, on two real executor processes. */
class TrainedNetworkIT {
  @TempDir private Path folder;

  private SubmitScript submit;

  @BeforeEach
  void useTheSparkOfTheBuild() {
    submit = SubmitScript.ofTheBuild(folder);
  }

  @Test
  void evaluationAndPredictionAgreeWithTheTraining() throws Exception {
    run("train", "train.epochs=1");
    run("evaluate", "evaluate.model=train");
    run("predict", "predict.model=train", "predict.input=builtin-data", "predict.output=classes");

    assertThat(summary("evaluate").get("accuracy"))
        .isEqualTo(summary("train").get("test_accuracy"));
    List<String> lines = predictions();
    assertThat(lines).hasSize(60);
    assertThat(lines.get(59)).startsWith("{\"image\":\"test-00000.bin#59\",\"class\":\"");
  }

  private void run(String job, String... settings) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(job));
    List<String> all =
        new ArrayList<>(
            List.of(
                "run.dir=" + job,
                "data.path=builtin-data",
                "data.builtin.train=200",
                "data.builtin.test=60",
                "model.widths=[4, 4, 4]",
                "evaluate.batch-size=16",
                "predict.batch-size=16",
                "spark.native-mebibytes=600"));
    all.addAll(List.of(settings));
    for (String setting : all) {
      arguments.addAll(List.of("--set", setting));
    }
    Outcome outcome = submit.run(arguments.toArray(String[]::new));
    assertThat(outcome.status()).as(outcome.errors()).isZero();
  }

  private JsonNode summary(String run) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(run).resolve("summary.json").toFile());
  }

  private List<String> predictions() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int part = 0; part < 2; part++) {
      lines.addAll(Files.readAllLines(folder.resolve("classes/part-0000%d.jsonl".formatted(part))));
    }
    return lines;
  }
}
