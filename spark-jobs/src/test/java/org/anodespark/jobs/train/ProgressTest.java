/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.anodespark.jobs.plan.Round;
import org.anodespark.jobs.plan.TrainingPlan;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class ProgressTest {
  /** Three rounds of 100 examples an epoch. */
  private static final TrainingPlan PLAN = new TrainingPlan(7, 300, 2, 50, 2, 1);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long seconds;

  @Test
  void onATerminalOneLineIsRedrawnAfterEachRoundAndStaysAfterEachEpoch() {
    Progress progress = progress(true);

    finishRound(progress, 1, 30, 0.9);
    finishRound(progress, 2, 10, 0.7);
    finishRound(progress, 3, 10, 0.5);
    progress.epochFinished(new EpochReport(1, 0.7, 0.8125, null, 6, 62.4));

    assertThat(written())
        .isEqualTo(
            """
            \repoch 1/2  round 1/3  loss 0.9000  3 images/s  ETA -\u001b[K\
            \repoch 1/2  round 2/3  loss 0.8000  5 images/s  ETA 0:40\u001b[K\
            \repoch 1/2  round 3/3  loss 0.7000  6 images/s  ETA 0:30\u001b[K\
            \repoch 1/2  loss 0.7000  test accuracy 0.8125  6 images/s  1:02\u001b[K
            """
                .replace("\\u001b", "\u001b"));
  }

  @Test
  void elsewhereALineComesAtMostEveryTenSeconds() {
    Progress progress = progress(false);

    finishRound(progress, 1, 9, 0.9);
    finishRound(progress, 2, 1, 0.7);
    finishRound(progress, 3, 9, 0.5);
    progress.epochFinished(new EpochReport(1, 0.7, 0.8125, 0.75, 16, 3725));

    assertThat(written())
        .isEqualTo(
            """
            epoch 1/2  round 2/3  loss 0.8000  20 images/s  ETA 0:04
            epoch 1/2  loss 0.7000  test accuracy 0.8125  validation accuracy 0.7500  16 images/s  1:02:05
            """);
  }

  @Test
  void theTimeThatIsLeftIsThatFromWhereARollBackLedTo() {
    Progress progress = progress(false);

    finishRound(progress, 1, 10, 0.9);
    finishRound(progress, 2, 10, 0.7);
    progress.resumed(TrainingState.start());
    finishRound(progress, 1, 10, 0.9);
    finishRound(progress, 2, 10, 0.7);

    assertThat(written().lines())
        .last(InstanceOfAssertFactories.STRING)
        .startsWith("epoch 1/2  round 2/3")
        .endsWith("ETA 0:40");
  }

  @Test
  void theEndTellsTheAccuracyAndThatTheBuiltInImagesAreNotCifar() {
    progress(false).finished(summary(new DataSetFacts("builtin-7", true)), "file:/runs/1");

    assertThat(written())
        .isEqualTo(
            """
            Test accuracy 0.9100 on the built-in drawn images, which are not CIFAR.
            Run directory: file:/runs/1
            """);
  }

  @Test
  void theEndNamesOtherData() {
    progress(false).finished(summary(new DataSetFacts("cifar-10", false)), "file:/runs/1");

    assertThat(written()).startsWith("Test accuracy 0.9100 on cifar-10.\n");
  }

  private Progress progress(boolean terminal) {
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return new Progress(out, terminal, PLAN, () -> seconds * 1_000_000_000L);
  }

  private void finishRound(Progress progress, int number, int roundSeconds, double loss) {
    seconds += roundSeconds;
    Round round = PLAN.epoch(1).rounds().get(number - 1);
    MinibatchRecord record =
        new MinibatchRecord(0, 0, "1", "host", 100, 1, 0, 0, loss, 1, "kernels", "cpu", Map.of());
    progress.roundFinished(
        RoundReport.of(round, 0, 0.1, List.of(record), new RoundTimes(roundSeconds, 0, 0), 2));
  }

  private static TrainingSummary summary(DataSetFacts data) {
    return new TrainingSummary(
        data, 1, null, 2, 6, 600, 0.1, 0.91, null, 0, 1.0, null, null, null, Map.of(), List.of(),
        List.of(), Map.of());
  }

  private String written() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
