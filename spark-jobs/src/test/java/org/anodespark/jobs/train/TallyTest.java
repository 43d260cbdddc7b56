/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

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
    assertThat(RoundReport.of(ROUND, 0, RECORDS, 2, 2).tally().trainLoss())
        .isEqualTo((20 + 10 + 20 + 2) / 34.0);
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
    tally.add(RoundReport.of(ROUND, 0, RECORDS, 2, 2).tally());
    tally.add(RoundReport.of(ROUND, 2, RECORDS, 3, 2).tally());

    assertThat(tally.executors())
        .containsExactly(
            new ExecutorUsage("1", "host-1", 40, 501), new ExecutorUsage("2", "host-2", 28, 401));
    assertThat(tally.ode())
        .isEqualTo(Map.of("block", new SolveStatistics(68, 0, 0, 0, 0, 0, 0.25, 0.5, 20, 0.125)));
    assertThat(tally.rounds()).isEqualTo(2);
    assertThat(tally.examples()).isEqualTo(68);
    assertThat(tally.seconds()).isEqualTo(5);
    assertThat(tally.imagesPerSecond()).isEqualTo(68 / 5.0);
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
        .isThrownBy(() -> RoundReport.of(ROUND, 0, RECORDS.subList(0, 3), 2, 2))
        .withMessage("epoch 1 round 1/1: 30 examples trained, 34 planned");
  }

  private static double overhead(double seconds, int slots) {
    return RoundReport.of(ROUND, 0, RECORDS, seconds, slots).tally().overheadFraction();
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
        loss,
        500 - 100L * worker + iteration,
        Map.of(
            "block",
            new SolveStatistics(examples, 0, 0, 0, 0, 0, 0.25, 0.5, 2L * examples, 0.125)));
  }
}
