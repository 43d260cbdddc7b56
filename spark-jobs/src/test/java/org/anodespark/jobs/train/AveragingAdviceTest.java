/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anodespark.jobs.plan.AveragingFrequency;
import org.anodespark.jobs.plan.Round;
import org.anodespark.jobs.plan.TrainingPlan;
import org.junit.jupiter.api.Test;

class AveragingAdviceTest {
  /**
   * Of one worker with 52 minibatches an epoch: six rounds of 8 and one of 4; in the first epoch
   * rounds of 2.
   */
  private static final AveragingFrequency FREQUENCY = new AveragingFrequency(8, 1, 2);

  private static final TrainingPlan PLAN = new TrainingPlan(7, 520, 3, 10, 1, FREQUENCY);

  private final List<String> warnings = new ArrayList<>();
  private final AveragingAdvice advice = new AveragingAdvice(PLAN, warnings::add);

  @Test
  void moreMinibatchesInARoundAreProposedWhenWorkersComputeTooLittle() {
    finishRound(1, 1, 0);
    finishRound(2, 1, 0.5);

    assertThat(warnings)
        .containsExactly(
            "Workers did not compute for 50 % of the time in epoch 2 round 1/7:"
                + " averaging.frequency = 32 instead of 8 would bring that to 20 %.");
  }

  @Test
  void theProposalIsRoundedUp() {
    finishRound(1, 1, 0);
    finishRound(2, 1, 0.25);

    // 8 x (1/3) / (1/4) = 10.67
    assertThat(warnings).singleElement().asString().contains("averaging.frequency = 11 ");
  }

  @Test
  void inTheWarmUpItsOwnFrequencyIsMeant() {
    finishRound(1, 1, 0);
    finishRound(1, 2, 0.5);

    assertThat(warnings)
        .singleElement()
        .asString()
        .contains("averaging.warm-up.frequency = 8 instead of 2 ");
  }

  @Test
  void theFirstRoundOfADriverDoesNotCount() {
    finishRound(2, 1, 0.9);

    assertThat(warnings).isEmpty();
  }

  @Test
  void twentyPercentAreAccepted() {
    finishRound(1, 1, 0);
    finishRound(2, 1, 0.1875);

    assertThat(warnings).isEmpty();
  }

  @Test
  void aShortLastRoundIsJudgedByItsOwnLength() {
    finishRound(1, 1, 0);
    // 4 x (1/3) / (1/4) = 5.33: a round of 8 is long enough
    finishRound(2, 7, 0.25);
    assertThat(warnings).isEmpty();

    finishRound(2, 7, 0.5);
    assertThat(warnings)
        .singleElement()
        .asString()
        .contains("averaging.frequency = 16 instead of 8");
  }

  @Test
  void aProposalIsNotRepeated() {
    finishRound(1, 1, 0);
    finishRound(2, 1, 0.5);
    finishRound(2, 2, 0.5);
    finishRound(3, 1, 0.5);

    assertThat(warnings).hasSize(1);
  }

  @Test
  void aProposalThatIsFarFromEnoughIsFollowedByAnother() {
    finishRound(1, 1, 0);
    finishRound(2, 1, 0.25);
    // 8 x (3/7) / (1/4) = 13.7, less than half as much again as 11
    finishRound(2, 2, 0.3);
    finishRound(2, 3, 0.5);

    assertThat(warnings)
        .satisfiesExactly(
            warning -> assertThat(warning).contains("averaging.frequency = 11 "),
            warning -> assertThat(warning).contains("averaging.frequency = 32 "));
  }

  @Test
  void theWarmUpAndWhatFollowsItHaveProposalsOfTheirOwn() {
    finishRound(1, 1, 0);
    finishRound(1, 2, 0.9);
    finishRound(2, 1, 0.5);

    assertThat(warnings)
        .satisfiesExactly(
            warning -> assertThat(warning).contains("averaging.warm-up.frequency = "),
            warning -> assertThat(warning).contains("averaging.frequency = 32 "));
  }

  @Test
  void noMoreIsProposedThanAnEpochHas() {
    finishRound(1, 1, 0);
    finishRound(2, 1, 0.75);

    assertThat(warnings)
        .containsExactly(
            "Workers did not compute for 75 % of the time in epoch 2 round 1/7:"
                + " averaging.frequency = 52 instead of 8 would bring that (one round in each"
                + " epoch) nearer to 20 %.");
  }

  @Test
  void aRoundThatIsAWholeEpochCannotBeLonger() {
    TrainingPlan oneRound = new TrainingPlan(7, 520, 3, 10, 1, 52);
    AveragingAdvice ofIt = new AveragingAdvice(oneRound, warnings::add);
    ofIt.roundFinished(report(oneRound.epoch(1).rounds().get(0), 0));
    ofIt.roundFinished(report(oneRound.epoch(2).rounds().get(0), 0.5));

    assertThat(warnings).isEmpty();
  }

  private void finishRound(int epoch, int number, double overhead) {
    advice.roundFinished(report(PLAN.epoch(epoch).rounds().get(number - 1), overhead));
  }

  private static RoundReport report(Round round, double overhead) {
    long computeNanos = Math.round((1 - overhead) * 16e9);
    MinibatchRecord all =
        new MinibatchRecord(
            0,
            0,
            "1",
            "host",
            round.examples(),
            computeNanos,
            0,
            0,
            1,
            1,
            "kernels",
            "cpu",
            Map.of());
    return RoundReport.of(round, 0, 0.1, List.of(all), new RoundTimes(16, 0, 0), 1);
  }
}
