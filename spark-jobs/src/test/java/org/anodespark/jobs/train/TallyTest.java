/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.anodespark.jobs.plan.Round;
import org.anodespark.jobs.plan.TrainingPlan;
import org.anodespark.odelayers.solver.SolveStatistics;
import org.junit.jupiter.api.Test;

class TallyTest {
  /** Two workers, two minibatches each, the last shorter: 10 + 10, 10 + 4 examples. */
  private static final Round ROUND = new TrainingPlan(1, 34, 1, 10, 2, 2).epoch(1).rounds().get(0);

  private static final List<MinibatchRecord> RECORDS =
      List.of(
          record(0, 0, "1", 10, 500, 2.0),
          record(0, 1, "1", 10, 500, 1.0),
          record(1, 0, "2", 10, 400, 2.0),
          record(1, 1, "2", 4, 200, 0.5));

  @Test
  void theLossIsTheMeanOverExamples() {
    assertThat(tally(2, 2).trainLoss()).isEqualTo((20 + 10 + 20 + 2) / 34.0);
  }

  @Test
  void overheadIsWhatWorkersThatFitAtOnceDidNotSpendComputing() {
    // 1.6 s of computing; two workers for 2 s could have done 4 s, one worker 2 s
    assertThat(overhead(2, 2)).isEqualTo(1 - 1.6 / 4, within(1e-12));
    assertThat(overhead(2, 1)).isEqualTo(1 - 1.6 / 2, within(1e-12));
    assertThat(overhead(2, 100)).isEqualTo(1 - 1.6 / 4, within(1e-12));
  }

  @Test
  void executorsAndStatisticsAreAddedUpByTheirNames() {
    Tally tally = new Tally();
    tally = tally.plus(tally(2, 2));
    tally = tally.plus(tally(3, 2));

    assertThat(tally.executors())
        .containsExactly(
            new ExecutorUsage("1", "host-1", "kernels", "cpu", 40, 501),
            new ExecutorUsage("2", "host-2", "kernels", "cpu", 28, 401));
    assertThat(tally.ode())
        .isEqualTo(Map.of("block", new SolveStatistics(68, 0, 0, 0, 0, 0, 0.25, 0.5, 20, 0.125)));
    assertThat(tally.rounds()).isEqualTo(2);
    assertThat(tally.examples()).isEqualTo(68);
    assertThat(tally.seconds()).isEqualTo(5);
    assertThat(tally.imagesPerSecond()).isEqualTo(68 / 5.0);
  }

  @Test
  void evaluationsRejectedStepsAndPeakMemoryAreThoseOfAllBlocksAndExecutors() {
    Tally tally = new Tally();
    tally.add(
        new MinibatchRecord(
            0,
            0,
            "1",
            "host",
            10,
            1,
            0,
            0,
            1,
            500,
            "kernels",
            "cpu",
            Map.of(
                "a", new SolveStatistics(4, 3, 4, 0, 2, 1, 0.25, 0.5, 64, 0),
                "b", new SolveStatistics(6, 0, 6, 0, 3, 2, 0.25, 0.5, 64, 0))));
    tally.add(
        new MinibatchRecord(0, 1, "2", "host", 10, 1, 0, 0, 1, 700, "kernels", "cpu", Map.of()));

    assertThat(tally.evaluations()).isEqualTo(13);
    assertThat(tally.rejectedSteps()).isEqualTo(3);
    assertThat(tally.peakMemoryBytes()).isEqualTo(700);
  }

  @Test
  void evaluationsPerImageAreTheMeanOverMinibatches() {
    // four minibatches whose block counts as many evaluations as they have examples
    assertThat(RoundReport.of(ROUND, 0, 0.1, RECORDS, new RoundTimes(2, 0, 0), 2))
        .extracting(RoundReport::evaluationsPerImage)
        .isEqualTo(34 / 4.0);
  }

  @Test
  void itIsTheSameAfterBeingWrittenAsJsonAndRead() throws IOException {
    JsonMapper json = JsonMapper.builder().build();
    Tally tally = tally(2, 2);

    Tally read = json.readValue(json.writeValueAsString(tally), Tally.class);

    assertThat(read).usingRecursiveComparison().isEqualTo(tally);
    assertThat(read.plus(tally).executors()).isEqualTo(tally.plus(tally).executors());
  }

  @Test
  void statisticsAddUpToTheSameInWhateverGroups() {
    SolveStatistics rebuilt = new SolveStatistics(1, 2, 3, 4, 5, 6, 0.25, 0.5, 7, 0.125);
    SolveStatistics notRebuilt = new SolveStatistics(8, 9, 1, 2, 3, 4, 0.5, 0.75, 5, Double.NaN);
    SolveStatistics noStep =
        new SolveStatistics(1, 0, 0, 0, 0, 1, Double.POSITIVE_INFINITY, 0, 3, Double.NaN);

    SolveStatistics sum = rebuilt.plus(notRebuilt).plus(noStep);

    assertThat(sum)
        .isEqualTo(rebuilt.plus(notRebuilt.plus(noStep)))
        .isEqualTo(noStep.plus(notRebuilt).plus(rebuilt))
        .isEqualTo(new SolveStatistics(10, 11, 4, 6, 8, 11, 0.25, 0.75, 7, 0.125));
  }

  @Test
  void aRoundThatDidNotTrainEveryExampleOnceIsADefect() {
    assertThatIllegalStateException()
        .isThrownBy(
            () -> RoundReport.of(ROUND, 0, 0.1, RECORDS.subList(0, 3), new RoundTimes(2, 0, 0), 2))
        .withMessage("epoch 1 round 1/1: 30 examples trained, 34 planned");
  }

  @Test
  void overheadIsDividedByWhatWorkersWaitedFor() {
    // of 4 s: waits of 0.05 + 0.05 + 0.04 + 0.02 s; set-up of 0.01 + 0.02 s; 0.1 s and 0.2 s of the
    // driver, twice; the first worker was busy for 1.11 s, the second for 0.68 s
    Overhead overhead = tally(2, 2).overhead();

    assertThat(overhead.inputWait()).isEqualTo(0.16 / 4, within(1e-12));
    assertThat(overhead.broadcast()).isEqualTo(2 * 0.1 / 4, within(1e-12));
    assertThat(overhead.setUp()).isEqualTo(0.03 / 4, within(1e-12));
    assertThat(overhead.averaging()).isEqualTo(2 * 0.2 / 4, within(1e-12));
    assertThat(overhead.slowestWorker()).isEqualTo(0.43 / 4, within(1e-12));
    assertThat(overhead.other())
        .isEqualTo((4 - 1.6 - 0.16 - 0.03 - 0.2 - 0.4 - 0.43) / 4, within(1e-12));
    assertThat(tally(2, 2).inputWaitSeconds()).isEqualTo(0.16, within(1e-12));
  }

  @Test
  void theSharesOfOverheadAddUpToAllOfIt() {
    Tally tally = tally(2, 2);
    tally = tally.plus(tally(3, 1));

    Overhead overhead = tally.overhead();

    assertThat(
            overhead.inputWait()
                + overhead.broadcast()
                + overhead.setUp()
                + overhead.averaging()
                + overhead.slowestWorker()
                + overhead.other())
        .isEqualTo(tally.overheadFraction(), within(1e-12));
    assertThat(tally.inputWaitSeconds()).isEqualTo(0.32, within(1e-12));
  }

  @Test
  void nobodyIsKnownToWaitForTheSlowestWorkerWhenWorkersTakeTurns() {
    assertThat(tally(2, 1).overhead().slowestWorker()).isZero();
  }

  private static double overhead(double seconds, int slots) {
    return tally(seconds, slots).overheadFraction();
  }

  private static Tally tally(double seconds, int slots) {
    return RoundReport.of(ROUND, 0, 0.1, RECORDS, new RoundTimes(seconds, 0.1, 0.2), slots).tally();
  }

  private static MinibatchRecord record(
      int worker, int iteration, String executor, int examples, int milliseconds, double loss) {
    return new MinibatchRecord(
        worker,
        iteration,
        executor,
        "host-" + executor,
        examples,
        milliseconds * 1_000_000L,
        milliseconds * 100_000L,
        iteration == 0 ? (worker + 1) * 10_000_000L : 0,
        loss,
        500 - 100L * worker + iteration,
        "kernels",
        "cpu",
        Map.of(
            "block",
            new SolveStatistics(examples, 0, 0, 0, 0, 0, 0.25, 0.5, 2L * examples, 0.125)));
  }
}
