/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anodespark.jobs.cli.SubmitScript.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training on two executor processes with 1 GiB of heap and little native memory. */
class NativeMemoryIT {
  private static final Pattern REFUSAL =
      Pattern.compile(
          "anode-spark: spark\\.native-mebibytes is (\\d+): expected at least (\\d+), which an"
              + " executor needs with train\\.batch-size = 250, evaluate\\.batch-size = 250 and"
              + " model\\.block\\.adjoint = anode; set it to that, .*");

  @TempDir private Path folder;

  private SubmitScript submit;

  @BeforeEach
  void useTheSparkOfTheBuild() {
    submit = SubmitScript.ofTheBuild(folder);
  }

  @Test
  void justEnoughIsEnoughAndLessIsRefusedWithTheNumber() throws Exception {
    int needed = refusal(train("refused", 256), 256);

    Outcome outcome = train("done", needed);

    assertThat(outcome.status()).as(outcome.errors()).isZero();
    assertThat(outcome.output()).contains("Test accuracy ");
    assertThat(refusal(train("refused", needed - 1), needed - 1)).isEqualTo(needed);
    assertThat(folder.resolve("refused")).doesNotExist();
  }

  private Outcome train(String run, int nativeMebibytes) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("train"));
    List<String> settings =
        List.of(
            "run.dir=" + run,
            "data.path=builtin-data",
            "data.builtin.train=500",
            "data.builtin.test=100",
            "train.epochs=1",
            "train.batch-size=250",
            "spark.executor-heap-mebibytes=1024",
            "spark.native-mebibytes=" + nativeMebibytes);
    for (String setting : settings) {
      arguments.addAll(List.of("--set", setting));
    }
    return submit.run(arguments.toArray(String[]::new));
  }

  /** The number that is expected in the place of one that is too small. */
  private static int refusal(Outcome outcome, int given) {
    assertThat(outcome.status()).as(outcome.errors()).isEqualTo(2);
    Matcher refusal = REFUSAL.matcher(lastLine(outcome.errors()));
    assertThat(refusal.matches()).as(outcome.errors()).isTrue();
    assertThat(refusal.group(1)).isEqualTo(Integer.toString(given));
    return Integer.parseInt(refusal.group(2));
  }

  private static String lastLine(String text) {
    return text.lines().reduce((before, line) -> line).orElse("");
  }
}
